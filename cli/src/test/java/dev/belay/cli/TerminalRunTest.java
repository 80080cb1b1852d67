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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    return applyTasks(
        """
        directory("/opt/NAME"),
        command("sleep", "SECONDS").creates("/opt/NAME/never")"""
            .replace("NAME", name)
            .replace("SECONDS", seconds),
        environment,
        words);
  }

  private PseudoTerminal applyTasks(String tasks, Map<String, String> environment, String... words)
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
            TASKS)));
              }
            }
            """
                .replace("TASKS", tasks));
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

  private PseudoTerminal stepwise(String directory) throws IOException {
    host.run("mkdir -p " + directory);
    String tasks =
        Stream.of("a", "b", "c", "d")
            .map(name -> "file(\"" + directory + "/" + name + "\").content(\"x\\n\")")
            .collect(Collectors.joining(",\n"));
    return applyTasks(tasks, Map.of(), "--step");
  }

  private static int answer(PseudoTerminal terminal, int before, String question, String keys)
      throws Exception {
    terminal.awaitAfter(before, question);
    terminal.awaitAfter(terminal.text().indexOf(question, before), ": ");
    int seen = terminal.text().length();
    terminal.type(keys);
    return seen;
  }

  @Test
  void stepDoesWhatIsAgreedToAndLeavesOutTheRest() throws Exception {
    try (PseudoTerminal terminal = stepwise("/opt/step")) {
      int seen = answer(terminal, 0, "Perform task \"file[/opt/step/a]\"", "y\n");
      seen = answer(terminal, seen, "Perform task \"file[/opt/step/b]\"", "n\n");
      seen = answer(terminal, seen, "Perform task \"file[/opt/step/c]\"", "c\n");
      terminal.awaitAfter(seen, "Apply these changes to 127.0.0.1? [y/N] ");
      assertThat(host.run("ls /opt/step")).as("nothing is done while questions are open").isEmpty();
      terminal.type("y\n");
      assertThat(terminal.exit()).as(terminal.text()).isZero();
      assertThat(terminal.text()).doesNotContain("Perform task \"file[/opt/step/d]\"");
    }
    assertThat(host.run("ls /opt/step")).isEqualTo("a\nc\nd\n");
  }

  @Test
  void stepDoesNothingWhereTheInputEndsAtAQuestion() throws Exception {
    try (PseudoTerminal terminal = stepwise("/opt/ended")) {
      int seen = answer(terminal, 0, "Perform task \"file[/opt/ended/a]\"", "y\n");
      answer(terminal, seen, "Perform task \"file[/opt/ended/b]\"", "\u0004");
      assertThat(terminal.exit()).isEqualTo(5);
      assertThat(terminal.text())
          .contains("belay: not gone on with; nothing was written")
          .doesNotContain("file[/opt/ended/c]\" (", "Apply these changes");
    }
    assertThat(host.run("ls /opt/ended")).isEmpty();
  }
}
