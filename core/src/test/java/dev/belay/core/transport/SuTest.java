package dev.belay.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.core.remote.BecomeMethod;
import dev.belay.core.remote.Secret;
import dev.belay.core.remote.Sh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SuTest {

  private static final String PASSWORD = "it's a \"secret\" $PATH `x` \\ %s ü";

  @TempDir Path bin;
  private ShellLauncher launcher;

  @BeforeEach
  void install() throws IOException {
    launcher = LocalProcess.launcher("/usr/bin/dash", bin);
    FakeSu.install(bin, PASSWORD);
  }

  private static Become become(String user, Optional<String> password) {
    return new Become(user, password.map(Secret::of), BecomeMethod.SU);
  }

  private static Reply ask(ShellLauncher way, Become become, String question) {
    List<Reply> replies = new ArrayList<>();
    try (Shell shell = ResidentShell.start("cp-1", way, Optional.of(become), "")) {
      shell.exchange(
          List.of(Request.always(question, Duration.ofSeconds(20))),
          (reply, i) -> replies.add(reply));
    }
    return replies.get(0);
  }

  private UnreachableException refusal(String user, Optional<String> password) {
    UnreachableException refusal =
        catchThrowableOfType(
            UnreachableException.class, () -> ask(launcher, become(user, password), "true"));
    assertThat(refusal).as("refused").isNotNull();
    assertThat(refusal.advice()).isNotEmpty();
    assertThat(refusal.getMessage()).doesNotContain("assword: ").doesNotContain(PASSWORD);
    return refusal;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void becomesAUserForWhomNoPasswordIsAsked(boolean given) {
    Become become = become("free", given ? Optional.of("unused") : Optional.empty());
    assertThat(ask(launcher, become, "echo $BECAME").text()).isEqualTo("free\n");
  }

  @Test
  void givesThePasswordWhenAsked() {
    Become become = become("asks", Optional.of(PASSWORD));
    Reply reply = ask(launcher, become, "echo $BECAME; echo e >&2");
    assertThat(reply.text()).isEqualTo("asks\n");
    assertThat(reply.err()).isEqualTo("e");
    assertThat(new Becoming("cp-1", become, "word").command()).doesNotContain("secret");
  }

  @Test
  void nothingIsTakenForThePasswordWhereNoneIsGiven() {
    assertThat(refusal("asks", Optional.empty()))
        .hasMessage("cp-1: becoming asks: su wants a password and none was given");
  }

  @Test
  void saysWhenThePasswordIsWrong() {
    UnreachableException refusal = refusal("asks", Optional.of("wrong"));
    assertThat(refusal).hasMessage("cp-1: becoming asks: su refused the password");
    assertThat(refusal.advice()).contains("the password of asks");
  }

  /** What a login says of its own, be it about passwords, is no question. */
  @ParameterizedTest
  @CsvSource({"asks", "free"})
  void takesNothingForTheQuestionThatComesBeforeIt(String user) throws IOException {
    Path ran = bin.resolve("ran");
    Path trap = Files.writeString(bin.resolve("touch-pw"), "#!/bin/sh\ntouch " + ran + "\n");
    assertThat(trap.toFile().setExecutable(true)).isTrue();
    FakeSu.install(bin, "touch-pw");
    ShellLauncher noisy =
        command -> launcher.launch("echo 'Your password: expires soon' >&2; " + command);
    assertThat(ask(noisy, become(user, Optional.of("touch-pw")), "echo hi").text())
        .isEqualTo("hi\n");
    assertThat(ran).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "wheel,does not allow this login user",
    "nobodyatall,there is no such user",
    "odd,something new",
  })
  void saysWhySuRefuses(String user, String meaning) {
    assertThat(refusal(user, Optional.of(PASSWORD)))
        .hasMessageStartingWith("cp-1: becoming " + user + ": ")
        .hasMessageContaining(meaning);
  }

  /** util-linux's su with PAM, as nobody, where root has a password for the time being. */
  @ParameterizedTest
  @ValueSource(strings = {"su", "/mnt/busybox su"})
  void theRealOneTakesThePassword(String program) throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    Path shadow =
        Files.writeString(bin.resolve("shadow"), "root:" + crypt("open") + ":19000:0:99999:7:::\n");
    ShellLauncher real =
        command -> launcher.launch(asNobody(shadow, command.replace(" su ", " " + program + " ")));
    Files.delete(bin.resolve("su"));
    String who = "id -u; cat /proc/self/cmdline | tr '\\0' ' '";
    assertThat(ask(real, become("root", Optional.of("open")), who).text())
        .startsWith("0\n")
        .doesNotContain("open");
    UnreachableException wrong =
        catchThrowableOfType(
            UnreachableException.class,
            () -> ask(real, become("root", Optional.of("shut")), "id -u"));
    assertThat(wrong).hasMessage("cp-1: becoming root: su refused the password");
  }

  private static String asNobody(Path shadow, String command) {
    String inside =
        "mount --bind "
            + Sh.quote(shadow.toString())
            + " /etc/shadow && mount -t tmpfs none /mnt && cp \"$(command -v busybox)\" /mnt/busybox &&"
            + " chmod 4755 /mnt/busybox && PATH=/usr/bin:/bin exec setpriv --reuid=65534 --regid=65534 --clear-groups sh -c "
            + Sh.quote(command);
    return "exec unshare --mount sh -c " + Sh.quote(inside);
  }

  private static String crypt(String password) throws Exception {
    Process perl =
        new ProcessBuilder("perl", "-e", "print crypt($ARGV[0], '$6$salt$')", password).start();
    return new String(perl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }
}
