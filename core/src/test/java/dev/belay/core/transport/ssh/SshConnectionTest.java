package dev.belay.core.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.remote.Secret;
import dev.belay.core.remote.Sh;
import dev.belay.core.transport.Become;
import dev.belay.core.transport.FakeSudo;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SshConnectionTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String PASSWORD = "pass word'\"$`\\";

  @TempDir static Path folder;
  private static LoopbackSshd sshd;
  private static Path key;
  private static Path known;

  @BeforeAll
  static void start() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    FakeSudo.install(bin, PASSWORD);
    sshd =
        LoopbackSshd.start(
            folder, List.of("ed25519"), "SetEnv PATH=" + bin + ":/usr/bin:/bin SHLVL=5");
    key = LoopbackSshd.key(folder, "id_ed25519", "ed25519", "");
    sshd.authorize(key);
    known = Files.writeString(folder.resolve("known_hosts"), sshd.knownHostsLine("ed25519"));
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  private static SshTarget target(int port, Path known) {
    String user = System.getProperty("user.name");
    return new SshTarget("cp-1", "127.0.0.1", port, user, List.of(key), List.of(known), LONG);
  }

  private static SshConnection open() {
    return SshConnection.open(target(sshd.port, known), Passphrases.NONE);
  }

  @Test
  void answersRequestsInOneShell() {
    try (SshConnection connection = open();
        Shell shell = connection.shell(Optional.empty(), "b_hello() { echo hello \"$1\"; }")) {
      List<Reply> replies =
          exchange(shell, always("b_hello you; echo oops >&2"), always("printf 'a\\000b'; exit 3"));
      assertThat(replies.get(0).text()).isEqualTo("hello you\n");
      assertThat(replies.get(0).err()).isEqualTo("oops");
      assertThat(replies.get(1).out()).containsExactly('a', 0, 'b');
      assertThat(replies.get(1).exit()).isEqualTo(3);
    }
  }

  @Test
  void takesOneRoundTripForTheShellAndAllRequests() throws Exception {
    try (Flights flights = Flights.to(sshd.port, 250);
        SshConnection connection = open(flights)) {
      int login = flights.count();
      assertThat(login).as("flights of the login, after TCP").isLessThanOrEqualTo(5);
      try (Shell shell = connection.shell(Optional.empty(), "")) {
        exchange(shell, always("echo 1"), always("echo 2"), always("printf %100000s x"));
        assertThat(flights.count() - login).isEqualTo(1);
        exchange(shell, always("echo 3"), always("echo 4"));
        assertThat(flights.count() - login).isEqualTo(2);
        assertThat(shell.roundTrips()).isEqualTo(2);
      }
    }
  }

  @Test
  void takesTwoRoundTripsMoreForThePasswordOfSudo() throws Exception {
    Become become = new Become("asks", Optional.of(Secret.of(PASSWORD)));
    try (Flights flights = Flights.to(sshd.port, 250);
        SshConnection connection = open(flights)) {
      int login = flights.count();
      try (Shell shell = connection.shell(Optional.of(become), "")) {
        exchange(shell, always("echo 1"), always("echo 2"));
        assertThat(flights.count() - login).isEqualTo(3);
      }
    }
  }

  private static SshConnection open(Flights flights) throws Exception {
    String line = sshd.knownHostsLine("ed25519").replace(":" + sshd.port, ":" + flights.port());
    Path seen = Files.writeString(folder.resolve("known_relay"), line);
    return SshConnection.open(target(flights.port(), seen), Passphrases.NONE);
  }

  @Test
  void carriesFiveMegabytesBothWays() {
    byte[] payload = new byte[5_000_000];
    new Random(7).nextBytes(payload);
    String base64 = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(payload);
    Request echo = always("printf %s " + Sh.quote(base64) + " | base64 -d");
    try (SshConnection connection = open();
        Shell shell = connection.shell(Optional.empty(), "")) {
      List<Reply> replies = exchange(shell, echo, always("echo next"), echo);
      assertThat(replies.get(0).out()).isEqualTo(payload);
      assertThat(replies.get(1).text()).isEqualTo("next\n");
      assertThat(replies.get(2).out()).isEqualTo(payload);
    }
  }

  @Test
  void drainsFourMegabytesOfErrors() {
    try (SshConnection connection = open();
        Shell shell = connection.shell(Optional.empty(), "")) {
      Reply reply = exchange(shell, always("head -c 4000000 /dev/zero >&2; echo done")).get(0);
      assertThat(reply.text()).isEqualTo("done\n");
    }
  }

  @Test
  void opensSeveralShellsOneAfterAnother() {
    try (SshConnection connection = open()) {
      for (int i = 0; i < 12; i++) { // sshd allows 10 at once
        try (Shell shell = connection.shell(Optional.empty(), "")) {
          assertThat(exchange(shell, always("echo hi")).get(0).text()).isEqualTo("hi\n");
        }
      }
    }
  }

  @Test
  void saysWhenTheServerOpensNoSession() throws Exception {
    Path third = Files.createDirectory(folder.resolve("third"));
    try (LoopbackSshd strict = LoopbackSshd.start(third, List.of("ed25519"), "MaxSessions 0")) {
      strict.authorize(key);
      Path seen = Files.writeString(third.resolve("known"), strict.knownHostsLine("ed25519"));
      try (SshConnection connection =
              SshConnection.open(target(strict.port, seen), Passphrases.NONE);
          Shell shell = connection.shell(Optional.empty(), "")) {
        assertThatThrownBy(() -> exchange(shell, always("echo 1")))
            .isInstanceOf(UnreachableException.class)
            .hasMessageContaining("open failed");
      }
    }
  }

  @Test
  void becomesAnotherUserWithoutPassword() {
    try (SshConnection connection = open();
        Shell shell = connection.shell(Optional.of(new Become("other", Optional.empty())), "")) {
      assertThat(exchange(shell, always("echo $BECAME")).get(0).text()).isEqualTo("other\n");
    }
  }

  @Test
  void becomesAnotherUserWithAPassword() {
    Become become = new Become("asks", Optional.of(Secret.of(PASSWORD)));
    try (SshConnection connection = open();
        Shell shell = connection.shell(Optional.of(become), "")) {
      assertThat(exchange(shell, always("echo $BECAME")).get(0).text()).isEqualTo("asks\n");
    }
  }

  @Test
  void saysWhenSudoRefuses() {
    Become become = new Become("asks", Optional.empty());
    try (SshConnection connection = open();
        Shell shell = connection.shell(Optional.of(become), "")) {
      assertThatThrownBy(() -> exchange(shell, always("echo 1")))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("cp-1: becoming asks: sudo wants a password");
    }
  }

  @Test
  void needsNoSudoToStayTheLoginUser() {
    Become become = new Become(System.getProperty("user.name"), Optional.empty());
    try (SshConnection connection = open();
        Shell shell = connection.shell(Optional.of(become), "")) {
      assertThat(exchange(shell, always("echo [$BECAME]")).get(0).text()).isEqualTo("[]\n");
    }
  }

  @Test
  void saysWhichRequestWasLostWhenTheServerDies() throws Exception {
    Path second = Files.createDirectory(folder.resolve("second"));
    try (LoopbackSshd victim = LoopbackSshd.start(second, List.of("ed25519"))) {
      victim.authorize(key);
      Path seen = Files.writeString(second.resolve("known"), victim.knownHostsLine("ed25519"));
      List<Reply> replies = new ArrayList<>();
      try (SshConnection connection =
              SshConnection.open(target(victim.port, seen), Passphrases.NONE);
          Shell shell = connection.shell(Optional.empty(), "")) {
        assertThatThrownBy(
                () ->
                    shell.exchange(
                        List.of(always("echo 1"), always("sleep 40"), always("echo 3")),
                        (reply, i) -> {
                          replies.add(reply);
                          victim.killSessions();
                        }))
            .isInstanceOf(UnreachableException.class)
            .hasMessageContaining("cp-1: the connection was lost during request 2 of 3");
        assertThat(replies).hasSize(1);
      }
    }
  }

  @Test
  void seesTheServerDieWhileThePreludeWaitsForItsWindow() throws Exception {
    Path third = Files.createDirectory(folder.resolve("deaf"));
    try (LoopbackSshd deaf =
        LoopbackSshd.start(third, List.of("ed25519"), "ForceCommand sleep 40")) {
      deaf.authorize(key);
      Path seen = Files.writeString(third.resolve("known"), deaf.knownHostsLine("ed25519"));
      String more = "# " + "x".repeat(8_000_000);
      try (SshConnection connection =
              SshConnection.open(target(deaf.port, seen), Passphrases.NONE);
          Shell shell = connection.shell(Optional.empty(), more)) {
        var killer = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
        killer.execute(deaf::killSessions);
        assertThatThrownBy(() -> exchange(shell, always("echo 1")))
            .isInstanceOf(UnreachableException.class)
            .hasMessageContaining("cp-1: the connection was lost during the start of the shell");
      }
    }
  }

  @Test
  void givesUpAHungCommandAtItsDeadline() {
    try (SshConnection connection = open();
        Shell shell = connection.shell(Optional.empty(), "")) {
      Request hung = Request.always("echo stuck >&2; sleep 40", Duration.ofSeconds(1));
      assertThatThrownBy(() -> exchange(shell, always("echo 1"), hung))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("request 2 of 2 took longer than 1 s; it said last: stuck");
    }
  }

  @Test
  void givesUpWhileTheHostDoesNotReadALongRequest() {
    try (SshConnection connection = open();
        Shell shell = connection.shell(Optional.empty(), "")) {
      Request hung = Request.always("sleep 40", Duration.ofSeconds(1));
      Request big = always("# " + "x".repeat(8_000_000));
      assertThatThrownBy(() -> exchange(shell, hung, big))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("request 1 of 2 took longer than 1 s");
    }
  }

  private static Request always(String script) {
    return Request.always(script, LONG);
  }

  private static List<Reply> exchange(Shell shell, Request... requests) {
    List<Reply> replies = new ArrayList<>();
    shell.exchange(List.of(requests), (reply, i) -> replies.add(reply));
    return replies;
  }
}
