package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.Diff;
import dev.belay.core.change.RestoreFile;
import dev.belay.core.change.WriteFile;
import dev.belay.core.fact.FileState;
import dev.belay.core.plan.Problem;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Secret;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Kind;
import dev.belay.core.run.RunEvent.Status;
import dev.belay.core.step.Finding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextTest {

  private static final String SECRET = "correct-horse-battery-staple-42";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J\u001b]0;owned\u0007",
        "\u009b31m\u0090q\u009c",
        "x\nPLAY RECAP\ncp9 : ok=1 failed=0",
        "x\rPLAY RECAP",
        "\u202etxt.exe\u2066\u200b",
        "x\u2028FAILED\u2029y",
        "\0\b\u007f\ud83d"
      })
  void neverReachesTheTerminal(String hostile) {
    for (ConsoleLook look : looks()) {
      String text = ConsoleReportTest.report(look, everywhere(hostile, diffs(hostile)));
      String plain = text.replaceAll("\u001b\\[[0-9;]+m", "");
      assertThat(plain.codePoints().filter(c -> c != '\n' && hidden(c)).toArray())
          .as(plain)
          .isEmpty();
      assertThat(plain.lines().filter(line -> line.startsWith("PLAY RECAP"))).hasSize(1);
      assertThat(plain.lines()).noneMatch(line -> line.startsWith("cp9"));
    }
    assertThat(json(everywhere(hostile, diffs(hostile))))
        .matches("[\\x20-\\x7f\\n]*")
        .satisfies(lines -> assertThat(lines.lines()).hasSize(17));
  }

  @Test
  void cutsEndlessLines() {
    String endless = "x".repeat(200_000);
    for (ConsoleLook look : looks()) {
      String text = ConsoleReportTest.report(look, everywhere(endless, diffs(endless)));
      assertThat(text.lines().mapToInt(String::length).max().orElse(0)).isLessThan(3_000);
      assertThat(text).contains("more characters)");
    }
  }

  @Test
  void neverTellsASecret() {
    Content secret = Content.of(Secret.of(SECRET));
    for (List<RunEvent> events : List.of(everywhere("x", secretDiffs(secret)), changes(secret))) {
      String all =
          json(events)
              + Stream.of(looks())
                  .map(look -> ConsoleReportTest.report(look, events))
                  .reduce("", String::concat);
      assertThat(all)
          .contains("secret content changes")
          .contains("\"secret\":true")
          .doesNotContain(SECRET, "battery", SECRET.length() + " bytes", secret.sha256())
          .doesNotContain(secret.base64(), "_bytes\":" + SECRET.length());
    }
  }

  private static List<RunEvent> changes(Content secret) {
    RemotePath path = RemotePath.of("/etc/x");
    Attributes owner = new Attributes(Mode.OWNER_ONLY, "root", "root");
    FileState known = FileState.Regular.planned(path, owner, Content.of("old " + SECRET));
    FileState large = new FileState.Regular(path, owner, 9, "abc", Optional.empty(), 1);
    String signature = "f 600 root root " + secret.sha256();
    Optional<Content> kept = Optional.of(secret);
    return Stream.of(
            new WriteFile(known, secret, owner),
            new WriteFile(large, secret, owner),
            new WriteFile(new FileState.Absent(path), secret, owner),
            new RestoreFile(path, path, signature, "-", kept, Optional.empty()),
            new RestoreFile(path, path, "f 600 root root abc", signature, Optional.empty(), kept))
        .map(
            change ->
                (RunEvent)
                    new RunEvent.TaskEnded(
                        "h",
                        "p",
                        "t",
                        false,
                        "",
                        Status.CHANGED,
                        List.of(change.summary()),
                        change.diff(),
                        "",
                        Duration.ZERO))
        .toList();
  }

  private static List<Diff> secretDiffs(Content secret) {
    Optional<Content> open = Optional.of(Content.of("old " + SECRET));
    Optional<Content> closed = Optional.of(secret);
    return List.of(
        new Diff.Text("/a", open, closed),
        new Diff.Text("/b", closed, open),
        new Diff.Text("/c", Optional.empty(), closed),
        new Diff.Text("/d", closed, Optional.empty()),
        new Diff.Text("/e", closed, closed));
  }

  private static List<Diff> diffs(String text) {
    Content content = Content.of(text.replace("\0", "").replace("\ud83d", ""));
    return List.of(
        new Diff.Line(text, text, text),
        new Diff.Text(text, Optional.empty(), Optional.of(content)),
        new Diff.Text(text, Optional.of(content), Optional.of(Content.of("other\n"))),
        new Diff.Text(text, Optional.of(Content.of("\0")), Optional.empty()),
        new Diff.Text(text, Optional.of(content), Optional.of(content.asSecret())));
  }

  /** Every event, with the text wherever an event takes text. */
  private static List<RunEvent> everywhere(String text, List<Diff> diffs) {
    Problem problem = new Problem(text, text, text, text);
    List<String> list = List.of(text, text);
    return SampleRuns.ended(
        List.of(
            new RunEvent.Started(Kind.APPLY, text, text, list),
            new RunEvent.Connected(text, Duration.ZERO),
            ended(text, Status.CHANGED, diffs),
            ended(text, Status.SKIPPED, diffs),
            ended(text, Status.MAY_CHANGE, diffs),
            new RunEvent.Found(
                text, text, new Finding(text, List.of("actor", "role"), List.of(list, list))),
            new RunEvent.Warned(text, text, text),
            new RunEvent.Failed(text, text, text, text, text, problem, list, false),
            new RunEvent.Unreachable(text, problem),
            new RunEvent.Undone(text, text, diffs, false),
            new RunEvent.RolledBack(text, text, list),
            new RunEvent.RolledBack(text, text, text, list),
            new RunEvent.WouldGuard(text, text, Duration.ofMinutes(1), list),
            new RunEvent.Kept(text, text, list),
            new RunEvent.NotReached(text, text)),
        Kind.APPLY,
        Duration.ZERO);
  }

  private static RunEvent ended(String text, Status status, List<Diff> diffs) {
    List<String> summaries = List.of(text);
    return new RunEvent.TaskEnded(
        text, text, text, false, text, status, summaries, diffs, text, Duration.ZERO);
  }

  private static ConsoleLook[] looks() {
    ConsoleLook narrow = ConsoleLook.PLAIN.withColumns(80);
    return new ConsoleLook[] {
      ConsoleLook.PLAIN, ConsoleLook.PLAIN.withDiffs(), narrow.withDiffs().withColour(), narrow
    };
  }

  private static boolean hidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String json(List<RunEvent> events) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    events.forEach(new JsonReport(out));
    return out.toString(StandardCharsets.UTF_8);
  }
}
