package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.Diff;
import dev.belay.core.remote.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineDiffTest {

  private static final long SEED = new Random().nextLong();

  private static final List<String> LINES =
      List.of(
          "a",
          "b",
          "c",
          "",
          " indented",
          "-- looks like a header",
          "++ looks like one too",
          "@@ -1,1 +1,1 @@",
          "\\ No newline at end of file",
          "dos\r",
          "caf\u00e9 \u2028 \ud83d\ude00",
          "bell \u0007 and \u001b[31mred");

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "'', 'a\n', '@@ -0,0 +1,1 @@|+a\n'",
    "'a\n', '', '@@ -1,1 +0,0 @@|-a\n'",
    "'', 'a', '@@ -0,0 +1,1 @@|+a'",
    "'a', 'a\n', '@@ -1,1 +1,1 @@|-a|+a\n'",
    "'a\r\n', 'a\n', '@@ -1,1 +1,1 @@|-a\r\n|+a\n'",
    "'1\n2\n3\n4\n5\n6\n7\n8\n9\n', '1\n2\n3\n4\nX\n6\n7\n8\n9\n',"
        + " '@@ -2,7 +2,7 @@| 2\n| 3\n| 4\n|-5\n|+X\n| 6\n| 7\n| 8\n'",
    "'a\n', 'a\n', ''"
  })
  void listsHunks(String before, String after, String hunks) {
    assertThat(String.join("|", LineDiff.of(before, after).hunks())).isEqualTo(hunks);
  }

  @Test
  void givesUpOnTextsThatDifferTooMuch() {
    List<String> before = IntStream.range(0, 60).mapToObj(i -> "old " + i + "\n").toList();
    List<String> after = IntStream.range(0, 50).mapToObj(i -> "new " + i + "\n").toList();
    LineDiff diff = LineDiff.of(before, after, 1_000);
    assertThat(diff.coarse()).isTrue();
    assertThat(diff.hunks()).hasSize(111).startsWith("@@ -1,60 +1,50 @@", "-old 0\n");
    assertThat(LineDiff.of(before, after, 1_000_000).coarse()).isFalse();
  }

  @Test
  void comparesHugeUnrelatedTextsWithinItsBudget() {
    String before = IntStream.range(0, 90_000).mapToObj(i -> "old " + i + "\n").collect(joined());
    String after = IntStream.range(0, 90_000).mapToObj(i -> "new " + i + "\n").collect(joined());
    assertThat(LineDiff.of(before, after).coarse()).isTrue();
    assertThat(LineDiff.of(before, before + "one more\n").hunks()).hasSize(5);
  }

  /** 60 lines are compared by one algorithm, 1,500 by the other. */
  @ParameterizedTest
  @ValueSource(ints = {3, 12, 60, 1_500})
  void leadsFromBeforeToAfter(int size) throws Exception {
    Random random = new Random(SEED + size);
    for (int i = 0; i < (size > 1_000 ? 5 : 40); i++) {
      String before = random.nextInt(8) == 0 ? "" : text(random, size);
      String after = random.nextInt(3) == 0 ? text(random, size) : edited(random, before);
      String why = "seed " + SEED + ", size " + size + ", round " + i;
      LineDiff diff = LineDiff.of(before, after);
      assertThat(applied(before, diff.hunks())).as(why).isEqualTo(after);
      if (!before.equals(after)) {
        assertThat(patched(before, after)).as(why).isEqualTo(after);
      }
    }
  }

  private static String text(Random random, int size) {
    String text =
        IntStream.range(0, random.nextInt(size + 1))
            .mapToObj(i -> LINES.get(random.nextInt(LINES.size())) + "\n")
            .collect(joined());
    return random.nextBoolean() || text.isEmpty() ? text : text.substring(0, text.length() - 1);
  }

  private static String edited(Random random, String text) {
    List<String> lines = new ArrayList<>(LineDiff.lines(text));
    for (int i = random.nextInt(5); i >= 0; i--) {
      int at = random.nextInt(lines.size() + 1);
      if (random.nextBoolean() && at < lines.size()) {
        lines.remove(at);
      } else {
        lines.add(Math.max(0, at - 1), LINES.get(random.nextInt(LINES.size())) + "\n");
      }
    }
    return String.join("", lines);
  }

  /** Applies hunks without looking at the code under test: context and minus must be there. */
  private static String applied(String before, List<String> hunks) {
    List<String> old = LineDiff.lines(before);
    StringBuilder after = new StringBuilder();
    int at = 0;
    for (String line : hunks) {
      if (line.startsWith("@@ ")) {
        String[] from = line.split(" ")[1].substring(1).split(",");
        int start = Integer.parseInt(from[0]) - (from[1].equals("0") ? 0 : 1);
        while (at < start) {
          after.append(old.get(at++));
        }
      } else if (line.startsWith("+")) {
        after.append(line.substring(1));
      } else {
        assertThat(line.substring(1)).isEqualTo(old.get(at++));
        after.append(line.startsWith(" ") ? line.substring(1) : "");
      }
    }
    while (at < old.size()) {
      after.append(old.get(at++));
    }
    return after.toString();
  }

  private String patched(String before, String after) throws IOException, InterruptedException {
    assertThat(Path.of("/usr/bin/patch")).as("apt-get install patch").isExecutable();
    Diff diff = new Diff.Text("/etc/x", content(before), content(after));
    String text =
        DiffText.rows(diff).stream().map(row -> row.text() + "\n").collect(Collectors.joining());
    Path old = Files.writeString(dir.resolve("old"), before);
    Path file = Files.writeString(dir.resolve("diff"), text);
    Path out = dir.resolve("out");
    Files.deleteIfExists(out);
    Process patch =
        new ProcessBuilder(
                "/usr/bin/patch",
                "--binary",
                "--fuzz=0",
                "-o",
                out.toString(),
                old.toString(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(patch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(patch.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(patch.exitValue()).as(said + text).isZero();
    assertThat(said).doesNotContain("offset");
    return Files.exists(out) ? Files.readString(out) : "";
  }

  private static Optional<Content> content(String text) {
    return Optional.of(Content.of(text));
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining();
  }
}
