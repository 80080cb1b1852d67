package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody at a terminal sees of an apply: questions, lines of what goes on, and Ctrl-C. */
class TerminalRunTest {

  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";

  private static EmbeddedHost host;
  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(PseudoTerminal.isHere(), "no script(1) on this machine");
    host = EmbeddedHost.start(EmbeddedHost.Options.plain());
  }

  @AfterAll
  static void stop() {
    if (host != null) {
      host.close();
    }
  }

  /** Two steps in a directory of their own, of which the second lasts. */
  private PseudoTerminal apply(
      String name, String seconds, Map<String, String> environment, String... words)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("Slow.java"),
            """
            import static dev.belay.dsl.Plays.*;
            import static dev.belay.dsl.Steps.*;
            class Slow {
              public static void main(String[] args) {
                dev.belay.cli.Belay.run(args, playbook("Slow", play("Files").tasks(
                    directory("/opt/NAME"),
                    command("sleep", "SECONDS").creates("/opt/NAME/never"))));
              }
            }
            """
                .replace("NAME", name)
                .replace("SECONDS", seconds));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.belay.cli.Main",
                "apply",
                file.toString(),
                "-i",
                host.user() + "@127.0.0.1:" + host.port() + ",",
                "--private-key",
                host.privateKeyFile().toString(),
                "--known-hosts",
                host.knownHostsFile().toString()));
    command.addAll(List.of(words));
    return PseudoTerminal.start(folder, environment, command);
  }

  @Test
  void asksAndDoesNothingOnANo() throws Exception {
    try (PseudoTerminal terminal = apply("no", "1", Map.of())) {
      terminal.await("Apply these changes to 127.0.0.1? [y/N] ");
      assertThat(terminal.text()).endsWith("[y/N] ");
      terminal.type("n\n");
      assertThat(terminal.exit()).isEqualTo(5);
      assertThat(terminal.text()).contains("belay: not applied; nothing was written");
    }
    assertThat(host.run("ls /opt")).doesNotContain("no\n");
  }

  @Test
  void showsWhatTheHostIsAtAndTakesItAway() throws Exception {
    try (PseudoTerminal terminal = apply("yes", "2", Map.of())) {
      terminal.await("[y/N] ");
      terminal.type("y\n");
      terminal.exit();
      String seen = terminal.text();
      assertThat(seen.indexOf(HIDE_CURSOR)).isNotNegative();
      assertThat(seen.lastIndexOf(SHOW_CURSOR)).isGreaterThan(seen.lastIndexOf(HIDE_CURSOR));
      assertThat(seen).contains("127.0.0.1  Files › command[sleep 2]");
      String after = seen.substring(seen.lastIndexOf(SHOW_CURSOR));
      assertThat(after).contains("PLAY RECAP").doesNotContain("\u001b[J");
    }
  }

  @Test
  void printsPlainLinesOnADumbTerminal() throws Exception {
    try (PseudoTerminal terminal = apply("dumb", "1", Map.of("TERM", "dumb"), "-y")) {
      terminal.exit();
      assertThat(terminal.text()).contains("PLAY RECAP").doesNotContain("\u001b", "\r\n\r\n\r\n");
    }
  }

  @Test
  void hasNoColoursButStillTheLinesWhereNoColourIsWanted() throws Exception {
    try (PseudoTerminal terminal = apply("grey", "1", Map.of("NO_COLOR", "1"), "-y")) {
      terminal.exit();
      assertThat(terminal.text()).contains(HIDE_CURSOR).doesNotContainPattern("\u001b\\[[0-9;]*m");
    }
  }

  @Test
  void hasNoLinesWhereTheyAreNotWanted() throws Exception {
    try (PseudoTerminal terminal = apply("still", "1", Map.of(), "-y", "--no-progress")) {
      terminal.exit();
      assertThat(terminal.text()).contains("PLAY RECAP").doesNotContain(HIDE_CURSOR);
    }
  }

  @Test
  void asksOnCtrlCWithTheLinesAwayAndLeavesAPageWhenEnded() throws Exception {
    Path page = folder.resolve("run.html");
    try (PseudoTerminal terminal =
        apply("stop", "120", Map.of(), "-y", "--report", page.toString())) {
      terminal.await("Files › command[sleep 120]");
      terminal.type("\u0003");
      terminal.await("[c]ontinue? ");
      String asked = terminal.text();
      assertThat(asked.lastIndexOf(SHOW_CURSOR)).isGreaterThan(asked.lastIndexOf(HIDE_CURSOR));
      terminal.type("c\n");
      terminal.awaitAfter(asked.length(), HIDE_CURSOR);
      int before = terminal.text().length();
      terminal.type("\u0003");
      terminal.awaitAfter(before, "[c]ontinue? ");
      terminal.type("\u0003");
      assertThat(terminal.exit()).isEqualTo(130);
      String seen = terminal.text();
      assertThat(seen.lastIndexOf(SHOW_CURSOR)).isGreaterThan(seen.lastIndexOf(HIDE_CURSOR));
      assertThat(seen).contains("belay: interrupted", "at work on 127.0.0.1");
    }
    assertThat(page).content().contains("Interrupted: this page ends");
    assertThat(host.run("pgrep -r R,S,D -fx 'sleep 120' || :")).isEmpty();
  }
}
