package dev.belay.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EmbeddedHostTest {

  private static EmbeddedHost host;

  @BeforeAll
  static void startHost() throws IOException {
    host = EmbeddedHost.start(EmbeddedHost.Options.plain());
  }

  @AfterAll
  static void closeHost() {
    host.close();
  }

  @Test
  void logsInAsRootAndReturnsOutputErrorsAndStatus() throws IOException {
    try (var login = Login.to(host)) {
      assertThat(login.run("id -u; hostname; echo oops >&2; exit 7"))
          .isEqualTo("7|0\nplain\n|oops\n");
    }
  }

  @Test
  void startsInTheHomeOfRootWithALoginsEnvironmentOnly() throws IOException {
    try (var login = Login.to(host)) {
      assertThat(login.run("pwd; echo $USER $HOME; cat /proc/1/comm"))
          .isEqualTo("0|/root\nroot /root\ncat\n|");
      assertThat(login.run("env")).doesNotContain("JAVA").doesNotContain("MAVEN");
    }
  }

  @Test
  void givesTheCommandToTheShellAsOneArgument() throws IOException {
    try (var login = Login.to(host)) {
      var command = "tr '\\0' '|' </proc/$$/cmdline # it's \"one\" $word";
      assertThat(login.run(command)).isEqualTo("0|/bin/sh|-c|" + command + "||");
    }
  }

  @Test
  void passesManyBytesBothWaysUnchanged() throws IOException {
    var bytes = new byte[5_000_000];
    new Random(20261122).nextBytes(bytes);
    try (var login = Login.to(host);
        var session = login.open();
        var exec = session.exec("cat")) {
      var writer = writer(exec.getOutputStream(), bytes);
      assertThat(exec.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
      assertThat(exec.getInputStream().read()).isEqualTo(-1);
      join(writer);
    }
  }

  private static Thread writer(OutputStream to, byte[] bytes) {
    var thread =
        new Thread(
            () -> {
              try (to) {
                new ByteArrayInputStream(bytes).transferTo(to);
                to.flush(); // sshj's close() does not wait for room and drops what is left
              } catch (IOException e) {
                // The reading side fails the test then.
              }
            });
    thread.start();
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(30).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void answersEachLineOfAResidentShellAtOnce() throws IOException {
    try (var login = Login.to(host);
        var session = login.open();
        var shell = session.exec("exec sh")) {
      for (int i = 0; i < 200; i++) {
        shell.getOutputStream().write(("echo " + i + "\n").getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
        var expected = i + "\n";
        var answer = new byte[expected.length()];
        // Not readNBytes: it ends with a read of no bytes, for which sshj waits.
        new DataInputStream(shell.getInputStream()).readFully(answer);
        assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo(expected);
      }
    }
  }

  @Test
  void servesSeveralChannelsOfOneConnectionAtOnce() throws IOException {
    try (var login = Login.to(host)) {
      var sessions = new ArrayList<Session.Command>();
      for (int i = 0; i < 8; i++) {
        sessions.add(login.open().exec("read line; echo got $line"));
      }
      for (int i = 7; i >= 0; i--) {
        sessions.get(i).getOutputStream().write((i + "\n").getBytes(StandardCharsets.UTF_8));
        sessions.get(i).getOutputStream().flush();
        assertThat(
                new String(sessions.get(i).getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("got " + i + "\n");
      }
    }
  }

  @Test
  void closesStandardInputWhenTheConnectionIsLost() throws Exception {
    try (var login = Login.to(host)) {
      login.open().exec("echo $$ >/tmp/reader; cat >/dev/null; echo ended >/tmp/ended");
      await(() -> Files.exists(host.root().resolve("tmp/reader")));
    }
    await(() -> Files.exists(host.root().resolve("tmp/ended")));
    await(
        () -> host.run("ls -d /proc/$(cat /tmp/reader) 2>/dev/null || echo gone").equals("gone\n"));
  }

  @Test
  void refusesAnotherKeyAndAnotherUser() throws IOException {
    var scratch = Scratch.create("belay-test-");
    var stranger = scratch.write("key", LoginKey.generate().privateText());
    assertThatThrownBy(() -> Login.to(host.port(), host.user(), stranger, host.knownHostsFile()))
        .hasMessageContaining("Exhausted available authentication methods");
    assertThatThrownBy(
            () -> Login.to(host.port(), "admin", host.privateKeyFile(), host.knownHostsFile()))
        .hasMessageContaining("Exhausted available authentication methods");
    scratch.delete();
  }

  @Test
  void leavesTheMachineUntouched() throws IOException {
    try (var victim = EmbeddedHost.start(EmbeddedHost.Options.plain())) {
      wreck(victim);
    }
  }

  private static void wreck(EmbeddedHost victim) throws IOException {
    var places = List.of("/etc", "/opt", "/var/lib/dpkg", "/var/lib/apt", "/srv", "/usr/bin");
    var before = listing(places);
    var name = "belay-untouched-" + ProcessHandle.current().pid();
    for (var dir :
        List.of(
            "/etc",
            "/usr/bin",
            "/usr",
            "/var",
            "/var/lib",
            "/var/lib/dpkg/info",
            "/opt",
            "/root",
            "/home",
            "/tmp",
            "/run",
            "/srv",
            "/")) {
      victim.run("echo x >" + dir + "/" + name);
      assertThat(Path.of(dir, name)).doesNotExist();
    }
    assertThat(victim.run("rm -r /usr/bin/env /etc/pam.d /var/lib/dpkg/status; env 2>&1 || :"))
        .contains("not found");
    assertThat(listing(places)).isEqualTo(before);
  }

  /** Paths, sizes, modes, owners and times of everything below some directories. */
  private static List<String> listing(List<String> places) throws IOException {
    var lines = new ArrayList<String>();
    for (var place : places) {
      try (var all = Files.walk(Path.of(place))) {
        for (var path : (Iterable<Path>) all.sorted()::iterator) {
          lines.add(path + " " + Files.readAttributes(path, LOOK, LinkOption.NOFOLLOW_LINKS));
        }
      } catch (UncheckedIOException e) {
        // An ordinary user may not list every directory.
        assertThat(e.getCause()).isInstanceOf(AccessDeniedException.class);
      }
    }
    return lines;
  }

  private static final String LOOK = "unix:ino,size,mode,uid,gid,lastModifiedTime";

  @Test
  void showsTheHostsTreeToTheJvm() throws IOException {
    host.run("mkdir -m 0700 /opt/seen; echo hello >/opt/seen/file");
    assertThat(Files.readString(host.root().resolve("opt/seen/file"))).isEqualTo("hello\n");
  }

  @Test
  void cannotWriteKernelSettingsOrReachANetwork() {
    assertThatThrownBy(() -> host.run("echo 1 >/proc/sys/vm/swappiness"))
        .isInstanceOf(HostScriptException.class);
    assertThat(host.run("cat /proc/net/dev")).contains("lo:").doesNotContain("eth");
  }

  @Test
  void failedScriptsTellTheirStandardError() {
    assertThatThrownBy(() -> host.run("echo why >&2; exit 3"))
        .isInstanceOf(HostScriptException.class)
        .hasMessageContaining("why")
        .extracting(e -> ((HostScriptException) e).status())
        .isEqualTo(3);
  }

  static void await(Callable<Boolean> condition) throws Exception {
    var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
