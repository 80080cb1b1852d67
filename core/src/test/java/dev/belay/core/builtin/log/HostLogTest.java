package dev.belay.core.builtin.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.remote.RemotePath;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostLogTest {

  private static final String[] COREUTILS = {"cat", "head", "stat", "tail", "wc", "sh"};

  @TempDir Path temp;

  private Path log() throws IOException {
    Path home = temp.resolve("it's a $(log).d");
    Files.createDirectories(home);
    return home.resolve("audit.log");
  }

  private static void gzip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<LogPart> list(LocalShell shell, Path log) {
    LogFileFact fact = new LogFileFact(RemotePath.of(log.toString()));
    return fact.parse(shell.ask(fact.question()));
  }

  private static List<String> read(LocalShell shell, LogPart part, LogFilter filter) {
    List<String> lines = new ArrayList<>();
    Answer answer = shell.ask(part.question(filter));
    LogAnswer.read(
        part,
        answer,
        new LogAnswer.LineReader() {
          @Override
          public void line(byte[] buffer, int from, int length, boolean ended) {
            lines.add(new String(buffer, from, length, StandardCharsets.UTF_8));
          }

          @Override
          public void tooLong() {
            lines.add("too long");
          }
        });
    return lines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void readsRotatedAndCompressedFilesInOrder(String name) throws IOException {
    LocalShell shell = LocalShell.of(name, temp);
    Path log = log();
    gzip(log.resolveSibling("audit-2022-06-22T00-00-00.000.log.gz"), "one\n");
    Files.writeString(log.resolveSibling("audit-2022-06-23T00-00-00.000.log"), "two\n");
    gzip(log.resolveSibling("audit-2022-06-23T00-00-00.000.log.gz"), "half written");
    Files.writeString(log, "three\nlast, cut of");
    Files.writeString(log.resolveSibling("audit.log.bak"), "not this\n");
    Files.writeString(log.resolveSibling("audit-policy.yaml"), "nor this\n");
    Files.createDirectory(log.resolveSibling("audit-2022-06-24T00-00-00.000.log"));
    List<String> lines = new ArrayList<>();
    list(shell, log).forEach(part -> lines.addAll(read(shell, part, LogFilter.NONE)));
    assertThat(lines).containsExactly("one", "two", "three", "last, cut of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void ordersWhatLogrotateLeaves(String name) throws IOException {
    LocalShell shell = LocalShell.of(name, temp);
    Path log = log();
    for (String rotated : List.of(".10", ".2", ".1", "-20220622", "-20220623")) {
      Files.writeString(log.resolveSibling("audit.log" + rotated), rotated + "\n");
    }
    Files.writeString(log, "now\n");
    List<String> lines = new ArrayList<>();
    list(shell, log).forEach(part -> lines.addAll(read(shell, part, LogFilter.NONE)));
    assertThat(lines).containsExactly("-20220622", "-20220623", ".10", ".2", ".1", "now");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void sendsOnlyLinesThatMayMatter(String name) throws IOException {
    LocalShell shell = LocalShell.of(name, temp);
    Path log = log();
    Files.write(log, "a'b $x\na'b y\n\u00ff\u0001a'b $x\nnone\n".getBytes(StandardCharsets.UTF_8));
    LogFilter filter = LogFilter.NONE.anyOf(List.of("a'b")).anyOf(List.of("$x", "-e"));
    assertThat(read(shell, list(shell, log).get(0), filter))
        .containsExactly("a'b $x", "\u00ff\u0001a'b $x");
    assertThat(read(shell, list(shell, log).get(0), filter.anyOf(List.of("nowhere")))).isEmpty();
  }

  @Test
  void leavesOutLinesThatCannotMatterWhereGrepKnowsHow() throws IOException {
    Path log = log();
    Files.writeString(log, "one a\none one abc\none d\none a one d\n");
    LogFilter filter = LogFilter.NONE.anyOf(List.of("one", "t.*o"), " [a-c]+$");
    LocalShell gnu = LocalShell.of("dash", temp);
    assertThat(read(gnu, list(gnu, log).get(0), filter))
        .containsExactly("one one abc", "one d", "one a one d");
    LocalShell busybox = LocalShell.of("busybox ash", temp);
    assertThat(read(busybox, list(busybox, log).get(0), filter)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash"})
  void takesTextsAsTheyAre(String name) throws IOException {
    LocalShell shell = LocalShell.of(name, temp);
    Path log = log();
    String hostile = "a.b*[c]^$\\Q(x|y){2}+?'\"`$(id)é😀 -e #/";
    Files.writeString(log, "x" + hostile + "y\nab\nxx\n");
    LogFilter filter = LogFilter.NONE.anyOf(List.of(hostile, "-v"));
    assertThat(read(shell, list(shell, log).get(0), filter)).containsExactly("x" + hostile + "y");
    LogFilter quoted = LogFilter.NONE.anyOf(List.of("\"" + hostile + "\"", "\"b\""));
    Files.writeString(log, "x" + hostile + "\n\"" + hostile + "\"\nb\n\"b\"\n\"\"\n");
    assertThat(read(shell, list(shell, log).get(0), quoted))
        .containsExactly("\"" + hostile + "\"", "\"b\"");
  }

  /** Wherever a file is cut into stretches, each line is read once, by the one it begins in. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash", "dash without dd"})
  void readsEachLineOnceWhereverAFileIsCut(String name) throws IOException {
    long seed = 77;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    LocalShell shell =
        name.endsWith("dd")
            ? LocalShell.of("dash", temp).having(COREUTILS)
            : LocalShell.of(name, temp);
    Path log = log();
    for (int round = 0; round < 12; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(9); i >= 0; i--) {
        text.append("x".repeat(random.nextInt(4))).append(i).append('\n');
      }
      if (random.nextBoolean()) {
        text.append("end");
      }
      Files.writeString(log, text);
      LogPart whole = list(shell, log).get(0);
      List<String> lines = new ArrayList<>();
      long from = 0;
      while (from < text.length()) {
        long to = from + 1 + random.nextInt(9);
        OptionalLong end = to < text.length() ? OptionalLong.of(to) : OptionalLong.empty();
        LogPart part = new LogPart(whole.file(), whole.inode(), from, end, false);
        lines.addAll(read(shell, part, LogFilter.NONE));
        from = to;
      }
      assertThat(lines)
          .as("seed %d, round %d", seed, round)
          .containsExactlyElementsOf(text.toString().lines().toList());
    }
  }

  @Test
  void cutsALargeLogIntoStretches() throws IOException {
    LocalShell shell = LocalShell.of("dash", temp);
    Path log = log();
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(2 * LogFileFact.STRETCH + 1);
    }
    assertThat(list(shell, log))
        .extracting(LogPart::from, LogPart::to)
        .containsExactly(
            tuple(0L, OptionalLong.of(LogFileFact.STRETCH)),
            tuple(LogFileFact.STRETCH, OptionalLong.of(2 * LogFileFact.STRETCH)),
            tuple(2 * LogFileFact.STRETCH, OptionalLong.empty()));
  }

  @Test
  void doesWithoutGrepAndGzip() throws IOException {
    LocalShell shell = LocalShell.of("dash", temp).having(COREUTILS);
    Path log = log();
    Files.writeString(log, "a\nb\n");
    LogPart part = list(shell, log).get(0);
    assertThat(read(shell, part, LogFilter.NONE.anyOf(List.of("a")))).containsExactly("a", "b");
    assertThat(shell.ask(part.question(LogFilter.NONE)).text()).startsWith("p\na");
  }

  @Test
  void failsOnACompressedPartThatNobodyCanRead() throws IOException {
    LocalShell shell = LocalShell.of("dash", temp).having(COREUTILS);
    Path log = log();
    gzip(log.resolveSibling("audit.log.1.gz"), "one\n");
    LogPart part = list(shell, log).get(0);
    assertThatThrownBy(() -> read(shell, part, LogFilter.NONE))
        .isInstanceOf(FailedFactException.class)
        .hasMessageContaining("audit.log.1.gz")
        .hasMessageContaining("gzip");
  }

  @Test
  void failsOnACompressedPartThatIsDamaged() throws IOException {
    LocalShell shell = LocalShell.of("dash", temp);
    Path log = log();
    gzip(log, "a line\n".repeat(9999));
    Path part = log.resolveSibling("audit.log.1.gz");
    byte[] bytes = Files.readAllBytes(log);
    Files.write(part, java.util.Arrays.copyOf(bytes, bytes.length - 9));
    Files.delete(log);
    assertThatThrownBy(() -> read(shell, list(shell, log).get(0), LogFilter.NONE))
        .isInstanceOf(FailedFactException.class)
        .hasMessageContaining("unexpected end of file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void findsAFileThatWasRenamedSinceItWasListed(String name) throws IOException {
    LocalShell shell = LocalShell.of(name, temp);
    Path log = log();
    Files.writeString(log, "old\n");
    LogPart part = list(shell, log).get(0);
    Path rotated = log.resolveSibling("audit-2022-06-23T00-00-00.000.log");
    Files.move(log, rotated);
    Files.writeString(log, "new\n");
    assertThat(read(shell, part, LogFilter.NONE)).containsExactly("old");
    Files.delete(rotated);
    assertThatThrownBy(() -> read(shell, part, LogFilter.NONE))
        .isInstanceOf(FailedFactException.class)
        .hasMessageContaining("rotated away");
  }

  @Test
  void saysThatThereIsNoLogYet() throws IOException {
    LocalShell shell = LocalShell.of("dash", temp);
    Path log = log();
    assertThatThrownBy(() -> list(shell, log)).isInstanceOf(UnknownFactException.class);
    assertThatThrownBy(() -> list(shell, temp.resolve("no/such/dir/audit.log")))
        .isInstanceOf(UnknownFactException.class);
  }

  @Test
  void passesOverALineThatIsTooLong() throws IOException {
    byte[] bytes =
        ("a\n" + "b".repeat(LineStream.LINE_LIMIT + 5) + "\nc").getBytes(StandardCharsets.US_ASCII);
    List<String> lines = new ArrayList<>();
    new LineStream(new java.io.ByteArrayInputStream(bytes))
        .read(
            new LogAnswer.LineReader() {
              @Override
              public void line(byte[] buffer, int from, int length, boolean ended) {
                lines.add(new String(buffer, from, length, StandardCharsets.US_ASCII) + ended);
              }

              @Override
              public void tooLong() {
                lines.add("too long");
              }
            });
    assertThat(lines).containsExactly("atrue", "too long", "cfalse");
  }
}
