package dev.belay.core.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that takes a login and then reads nothing, as one that is reset in that moment. */
@Timeout(30)
class DeafHostTest {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  @TempDir Path bin;

  @Test
  void isGivenUpWhileThePreludeIsSent() throws IOException {
    ShellLauncher launcher = LocalProcess.launcher("/usr/bin/sleep 60", bin);
    String prelude = "# " + "x".repeat(1_000_000); // more than a pipe holds
    try (Shell shell = ResidentShell.start("here", launcher, Optional.empty(), prelude, LIMIT)) {
      List<Request> any = List.of(Request.always("echo 1", Duration.ofSeconds(20)));
      assertThatThrownBy(() -> shell.exchange(any, (reply, i) -> {}))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("here: the start of the shell took longer than 1 s");
    }
  }
}
