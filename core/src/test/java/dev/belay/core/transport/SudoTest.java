package dev.belay.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.core.remote.Secret;
import java.io.IOException;
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
class SudoTest {

  private static final String PASSWORD = "it's a \"secret\" $PATH `x` \\ %s ü";

  @TempDir Path bin;
  private ShellLauncher launcher;

  @BeforeEach
  void install() throws IOException {
    launcher = LocalProcess.launcher("/usr/bin/dash", bin);
    FakeSudo.install(bin, PASSWORD);
  }

  private List<Reply> ask(String user, Optional<String> password) {
    Become become = new Become(user, password.map(Secret::of));
    List<Reply> replies = new ArrayList<>();
    try (Shell shell =
        ResidentShell.start("cp-1", launcher, Optional.of(become), "b_x() { echo x; }")) {
      shell.exchange(
          List.of(Request.always("b_x; echo $BECAME; echo e >&2", Duration.ofSeconds(20))),
          (reply, i) -> replies.add(reply));
    }
    return replies;
  }

  private UnreachableException refusal(String user, Optional<String> password) {
    UnreachableException refusal =
        catchThrowableOfType(UnreachableException.class, () -> ask(user, password));
    assertThat(refusal).as("refused").isNotNull();
    assertThat(refusal.advice()).isNotEmpty();
    assertThat(refusal.getMessage()).doesNotContain("password] ").doesNotContain(PASSWORD);
    return refusal;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void becomesAUserForWhomNoPasswordIsAsked(boolean given) {
    Reply reply = ask("free", given ? Optional.of("unused") : Optional.empty()).get(0);
    assertThat(reply.text()).isEqualTo("x\nfree\n");
    assertThat(reply.err()).isEqualTo("e");
  }

  @Test
  void givesThePasswordWhenAsked() {
    Reply reply = ask("asks", Optional.of(PASSWORD)).get(0);
    assertThat(reply.text()).isEqualTo("x\nasks\n");
    assertThat(reply.err()).isEqualTo("e");
  }

  @Test
  void neverPutsThePasswordIntoTheCommand() {
    Become become = new Become("asks", Optional.of(Secret.of(PASSWORD)));
    assertThat(new Becoming("cp-1", become, "word").command()).doesNotContain("secret");
  }

  @Test
  void saysWhenThePasswordIsWrong() {
    assertThat(refusal("asks", Optional.of("wrong")))
        .hasMessage("cp-1: becoming asks: sudo refused the password");
  }

  @ParameterizedTest
  @CsvSource({
    "asks,sudo wants a password and none was given",
    "stranger,may not use sudo",
    "limited,does not allow this login user a shell",
    "tty,requiretty",
    "nobodyatall,there is no such user",
    "odd,something new",
  })
  void saysWhySudoRefuses(String user, String meaning) {
    assertThat(refusal(user, Optional.empty()))
        .hasMessageStartingWith("cp-1: becoming " + user + ": ")
        .hasMessageContaining(meaning);
    if (!user.equals("asks")) {
      assertThat(refusal(user, Optional.of(PASSWORD))).hasMessageContaining(meaning);
    }
  }

  @Test
  void saysWhenThereIsNoSudo() {
    ShellLauncher without = command -> launcher.launch("PATH=/nowhere; export PATH; " + command);
    Become become = new Become("root", Optional.of(Secret.of(PASSWORD)));
    assertThatThrownBy(() -> ResidentShell.start("cp-1", without, Optional.of(become), ""))
        .isInstanceOf(UnreachableException.class);
    ShellLauncher renamed = command -> launcher.launch(command.replace(" sudo ", " sudo1 "));
    assertThatThrownBy(() -> ResidentShell.start("cp-1", renamed, Optional.of(become), ""))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("sudo gave no shell");
  }

  @Test
  void saysWhenSudoAsksForSomethingElse() {
    Become become = new Become("mute", Optional.of(Secret.of(PASSWORD)));
    Becoming sudo = new Becoming("cp-1", become, "word", Duration.ofMillis(500));
    ShellProcess process = launcher.launch(sudo.command());
    assertThatThrownBy(() -> sudo.converse(process))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("neither asked for the password nor gave a shell within 0.5 s")
        .hasMessageContaining("Enter the code:");
  }
}
