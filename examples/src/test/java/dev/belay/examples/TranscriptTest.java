package dev.belay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people see, word for word: each file in {@code transcripts} is a session with a host of its
 * own.
 *
 * <p>{@code $ cat > NAME} writes the lines below it, {@code $ host COMMAND} runs a command on the
 * host, {@code $ belay …} is followed by all that it prints and {@code = CODE}, its exit code.
 * Times, runs, ports and directories stand as {@code N s}, {@code RUN}, {@code PORT} and {@code
 * DIR}. {@code -Dbelay.transcripts=write} writes what is printed into the files, to be read before
 * it is kept.
 */
class TranscriptTest {

  private static final Path FOLDER = Path.of("src/test/resources/transcripts");
  private static final boolean WRITE = "write".equals(System.getProperty("belay.transcripts"));

  @TempDir Path directory;

  /**
   * One command and what follows it.
   *
   * @param command the line behind {@code $}; empty for the text before the first one
   * @param lines below it
   */
  private record Part(String command, List<String> lines) {

    static List<Part> of(List<String> text) {
      List<Part> parts = new ArrayList<>(List.of(new Part("", new ArrayList<>())));
      for (String line : text) {
        if (line.startsWith("$ ")) {
          parts.add(new Part(line.substring(2), new ArrayList<>()));
        } else {
          parts.get(parts.size() - 1).lines().add(line);
        }
      }
      return parts;
    }

    String text() {
      String body = String.join("\n", lines);
      return command.isEmpty() ? body : "$ " + command + "\n" + body;
    }
  }

  static List<Path> transcripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void isWhatPeopleSee(Path file) throws Exception {
    List<String> expected = Files.readAllLines(file);
    List<String> seen = new ArrayList<>();
    try (EmbeddedHost host = EmbeddedHost.start()) {
      BelayProcess belay = new BelayProcess(host, directory);
      for (Part part : Part.of(expected)) {
        seen.addAll(played(part, host, belay).text().lines().toList());
      }
    }
    if (WRITE) {
      Files.write(file, seen);
    }
    assertThat(seen).isEqualTo(expected);
  }

  private Part played(Part part, EmbeddedHost host, BelayProcess belay) throws Exception {
    String[] words = part.command().split(" ");
    switch (words[0]) {
      case "cat" -> Files.write(directory.resolve(words[2]), part.lines());
      case "host" -> host.run(part.command().substring("host ".length()));
      case "belay" -> {
        return new Part(part.command(), said(belay, List.of(words).subList(1, words.length)));
      }
      default -> assertThat(part.command()).isEmpty();
    }
    return part;
  }

  private List<String> said(BelayProcess belay, List<String> words) throws Exception {
    List<String> places =
        words.stream()
            .map(w -> w.replaceFirst("^(@?)(\\w+\\.\\w+)$", "$1" + directory + "/$2"))
            .toList();
    BelayProcess.Result result = belay.run(places.toArray(new String[0]));
    List<String> lines = new ArrayList<>(plain(result.output()).lines().toList());
    lines.add("= " + result.exit());
    return lines;
  }

  private String plain(String output) {
    return output
        .replace(directory.toString(), "DIR")
        .replaceAll("\\d{8}T\\d{6}-[0-9a-f]{4}", "RUN")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "TIME")
        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
        .replaceAll("ansible_port: \\d+", "ansible_port: PORT")
        .replaceAll("\\d+(\\.\\d+)? s\\b", "N s")
        // What took no time is not told.
        .replaceAll("(?m)^(  [a-z]+ .*\\S)  N s$", "$1")
        .replaceAll("\"operator\":\"[^\"]*\"", "\"operator\":\"ME\"");
  }
}
