package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Inventories mean here what they mean to the real ansible-inventory, whose answers are kept. */
class InventoryCorpusTest {

  private static final Path CORPUS = Path.of("src/test/resources/inventory");

  static Stream<Path> answered() throws IOException {
    return cases("expected.json");
  }

  static Stream<Path> refused() throws IOException {
    return cases("refused");
  }

  private static Stream<Path> cases(String file) throws IOException {
    try (Stream<Path> folders = Files.list(CORPUS)) {
      List<Path> cases =
          folders.filter(folder -> Files.exists(folder.resolve(file))).sorted().toList();
      assertThat(cases).hasSizeGreaterThan(5);
      return cases.stream();
    }
  }

  /** What the command printed. */
  private record Said(int code, String out, String err) {}

  private static Said belay(List<String> args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams =
        new Streams(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.NONE);
    int code = Main.execute(args.toArray(String[]::new), streams);
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static List<String> command(Path folder, String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("inventory"));
    args.addAll(List.of(options));
    for (String source : Files.readAllLines(folder.resolve("args"))) {
      args.add("-i");
      args.add(source.contains(",") ? source : folder.resolve(source).toString());
    }
    return args;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answered")
  void listsWhatAnsibleLists(Path folder) throws IOException {
    Said said = belay(command(folder, "--list"));
    assertThat(said.out()).as(said.err()).isEqualTo(read(folder.resolve("expected.json")));
    assertThat(said.code()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answered")
  void drawsWhatAnsibleDraws(Path folder) throws IOException {
    assertThat(belay(command(folder, "--graph")).out())
        .isEqualTo(read(folder.resolve("expected.graph")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesWithFileAndLine(Path folder) throws IOException {
    Said said = belay(command(folder, "--list"));
    assertThat(said.code()).isEqualTo(64);
    assertThat(said.out()).isEmpty();
    assertThat(said.err())
        .contains(read(folder.resolve("refused")).strip())
        .contains(", line ")
        .contains(", column ")
        .contains("no host was touched");
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  @Test
  void showsOneHost() throws IOException {
    Path folder = CORPUS.resolve("vars-folders");
    assertThat(belay(command(folder, "--host", "w2")).out())
        .startsWith("{\n")
        .contains("\"level\": \"files-w2\"");
    assertThat(belay(command(folder, "--host", "none")).err()).contains("no host none");
    List<String> part = new ArrayList<>(command(folder, "--graph"));
    part.add("web");
    assertThat(belay(part).out()).isEqualTo("@web:\n  |--w1\n  |--w2\n");
  }

  @Test
  void masksThePasswordOfSudo() throws IOException {
    Said said = belay(command(CORPUS.resolve("masked"), "--list"));
    assertThat(said.out()).contains("\"ansible_become_password\": \"(secret)\"");
    assertThat(said.out() + said.err()).doesNotContain("planted");
  }

  @Test
  void tellsWhatAScriptSaidThatFails() throws IOException {
    Said said = belay(command(CORPUS.resolve("failing-script"), "--list"));
    assertThat(said.code()).isEqualTo(64);
    assertThat(said.err()).contains("exit code 7: no credentials");
  }
}
