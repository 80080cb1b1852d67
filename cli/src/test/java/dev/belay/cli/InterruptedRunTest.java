package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command as a process that is told to end in the middle of an apply. A test that runs in the
 * background may have inherited that SIGINT is ignored, so it is given back first.
 */
class InterruptedRunTest {

  @TempDir Path directory;

  private static final String SLOW =
      """
      import static dev.belay.dsl.Plays.*;
      import static dev.belay.dsl.Steps.*;
      class Slow {
        public static void main(String[] args) {
          dev.belay.cli.Belay.run(
              args,
              playbook(
                  "Slow",
                  play("Files")
                      .tasks(
                          directory("/opt/app"),
                          command("sleep", "120").creates("/opt/app/never"))));
        }
      }
      """;

  @Test
  void saysWhereItWasAtWorkWhenItIsToldToEnd() throws Exception {
    try (EmbeddedHost host = EmbeddedHost.start(EmbeddedHost.Options.plain())) {
      Path err = directory.resolve("err");
      Process process = start(host, err);
      try {
        awaitFirstTask(process, err);
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(Files.readString(err))
          .contains("belay: interrupted", "at work on 127.0.0.1", "rollback '127.0.0.1' 2")
          .contains("--private-key '" + host.privateKeyFile() + "'");
      assertThat(host.run("pgrep -r R,S,D -fx 'sleep 120' || :")).isEmpty();
    }
  }

  @Test
  void stopsAfterTheStepItIsAtWhenInterruptedAndNobodyCanBeAsked() throws Exception {
    try (EmbeddedHost host = EmbeddedHost.start(EmbeddedHost.Options.plain())) {
      Path err = directory.resolve("err");
      Process process = start(host, err);
      try {
        awaitFirstTask(process, err);
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        await(err, process, "belay: stopping after the step");
        host.run("until [ -e /run/belay/*.stop ]; do sleep 0.05; done; pkill -fx 'sleep 120'");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
      assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(130);
      assertThat(host.run("ls /var/lib/belay")).doesNotContain("lock");
      assertThat(host.run("ls /run")).doesNotContain("belay\n");
    }
  }

  private static void await(Path file, Process process, String text) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!Files.readString(file).contains(text)) {
      assertThat(process.isAlive()).as("the run goes on: %s", Files.readString(file)).isTrue();
      assertThat(System.nanoTime()).as(text).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private Process start(EmbeddedHost host, Path err) throws IOException {
    Path file = Files.writeString(directory.resolve("Slow.java"), SLOW);
    ProcessBuilder builder =
        new ProcessBuilder(
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.belay.cli.Main",
            "apply",
            file.toString(),
            "-y",
            "-i",
            host.user() + "@127.0.0.1:" + host.port() + ",",
            "--private-key",
            host.privateKeyFile().toString(),
            "--known-hosts",
            host.knownHostsFile().toString());
    builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    builder.redirectOutput(directory.resolve("out").toFile()).redirectError(err.toFile());
    return builder.start();
  }

  private void awaitFirstTask(Process process, Path err) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!Files.readString(directory.resolve("out")).contains("directory[/opt/app]")) {
      assertThat(process.isAlive()).as("the run goes on: %s", Files.readString(err)).isTrue();
      assertThat(System.nanoTime()).as("the first task is done in time").isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}
