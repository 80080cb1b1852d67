package dev.belay.examples;

import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The belay command as a process of its own, as users run it, against one embedded host. */
final class BelayProcess {

  private static final long DEADLINE_SECONDS = 180;

  private final EmbeddedHost host;
  private final Path inventory;

  /**
   * What a process gave.
   *
   * @param exit exit code
   * @param output standard output and standard error, in order
   */
  record Result(int exit, String output) {}

  BelayProcess(EmbeddedHost host, Path directory) throws IOException {
    this.host = host;
    this.inventory =
        Files.writeString(
            directory.resolve("inventory.yaml"),
            """
            control_plane:
              hosts:
                cp1:
                  ansible_host: 127.0.0.1
                  ansible_port: %d
                  ansible_user: %s
                  ansible_become: false
                  ansible_ssh_private_key_file: %s
            """
                .formatted(host.port(), host.user(), host.privateKeyFile()));
  }

  Result run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath(), "dev.belay.cli.Main"));
    command.addAll(List.of(words));
    command.addAll(List.of("-i", inventory.toString()));
    command.addAll(List.of("--known-hosts", host.knownHostsFile().toString()));
    Path output = Files.createTempFile(inventory.getParent(), "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(top().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          command + " did not end; it said " + Files.readString(output));
    }
    return new Result(process.exitValue(), Files.readString(output));
  }

  /** Surefire starts its JVM from one jar that names the others, which javac does not follow. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Returns the top of the checkout; Maven runs tests in the directory of their module. */
  static Path top() {
    return Path.of("").toAbsolutePath().getParent();
  }
}
