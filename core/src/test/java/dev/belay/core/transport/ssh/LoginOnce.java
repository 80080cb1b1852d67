package dev.belay.core.transport.ssh;

import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A program that logs in and asks one thing, to be run in a JVM of its own. */
final class LoginOnce {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private LoginOnce() {}

  public static void main(String[] args) {
    SshTarget target =
        new SshTarget(
            "cp-1",
            "127.0.0.1",
            Integer.parseInt(args[0]),
            System.getProperty("user.name"),
            List.of(Path.of(args[1])),
            List.of(Path.of(args[2])),
            PATIENCE);
    try (SshConnection connection = SshConnection.open(target, Passphrases.NONE);
        Shell shell = connection.shell(Optional.empty(), "")) {
      shell.exchange(
          List.of(Request.always("echo logged in", PATIENCE)),
          (reply, i) -> System.out.print(reply.text()));
    }
  }
}
