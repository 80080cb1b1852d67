package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher at the root of the checkout, as a user's shell starts it; needs the jars. */
class LauncherIT {

  private static final Path LAUNCHER = Path.of("..", "belay").toAbsolutePath().normalize();

  @TempDir Path directory;
  private Path cache;

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void jarsAreThere() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "lib"))) {
      assertThat(jars.map(Path::getFileName).map(Path::toString))
          .anyMatch(name -> name.startsWith("belay-cli-"));
    }
  }

  @BeforeEach
  void prepare() {
    cache = directory.resolve("a cache");
  }

  @Test
  void runsFromAnyDirectoryThroughALink() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("my bin"));
    Files.createSymbolicLink(directory.resolve("first"), LAUNCHER);
    Files.createSymbolicLink(bin.resolve("belay"), Path.of("..", "first"));
    Ended ended = run(Map.of(), List.of(bin.resolve("belay").toString(), "--version"));
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("belay ").contains(", Java ").hasLineCount(1);
    assertThat(ended.code()).isZero();
  }

  @Test
  void isFoundOnThePath() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("belay"), LAUNCHER);
    Map<String, String> path = Map.of("PATH", bin + ":" + System.getenv("PATH"));
    Ended ended = run(path, List.of("sh", "-c", "belay --version"));
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C.UTF-8", "C", "POSIX"})
  void handsArgumentsOnUnchangedInEveryLocale(String locale) throws Exception {
    Path file = echo("Echo it.java");
    List<String> odd =
        List.of(
            "a b", " ", "it's", "\"q\"", "$HOME", "`id`", "*", "\\", "new\nline", "\u00fc\u4e16");
    List<String> line = new ArrayList<>(List.of(LAUNCHER.toString(), "check", file.toString()));
    odd.forEach(each -> line.addAll(List.of("-i", each)));
    Ended ended = run(Map.of("LC_ALL", locale), line);
    StringBuilder wanted = new StringBuilder("check|");
    odd.forEach(each -> wanted.append("-i|").append(each).append('|'));
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).isEqualTo(wanted.toString());
    assertThat(ended.code()).isEqualTo(7);
  }

  @Test
  void keepsAClassArchiveOnceARunEndedWell() throws Exception {
    List<String> line = List.of(LAUNCHER.toString(), "check", well().toString());
    assertThat(run(Map.of(), List.of(LAUNCHER.toString(), "check", "none.java")).code())
        .isEqualTo(64);
    assertThat(archives()).isEmpty();
    assertThat(run(Map.of(), line)).isEqualTo(new Ended(0, "", ""));
    assertThat(archives()).hasSize(1);
  }

  /** Most runs do not compile, and start quicker without the compiler's classes mapped. */
  @Test
  void keepsAnArchiveWithoutTheCompilerForRunsThatDoNotCompile() throws Exception {
    Path playbook = well();
    List<String> line = List.of(LAUNCHER.toString(), "check", playbook.toString());
    Path log = directory.resolve("classes.log");
    Map<String, String> logging = Map.of("BELAY_JAVA_OPTS", "-Xlog:class+load:file=" + log);
    run(Map.of(), line);
    assertThat(archives()).singleElement().asString().contains("-compiles.");
    run(Map.of(), line);
    assertThat(archives()).hasSize(2).anyMatch(file -> file.toString().contains("-ready."));
    assertThat(run(logging, line)).isEqualTo(new Ended(0, "", ""));
    assertThat(loaded(log, " dev.belay.cli.Main ")).contains("source: shared objects file");
    assertThat(loaded(log, "com.sun.tools.javac")).isEmpty();
    Files.writeString(playbook, "\n", StandardOpenOption.APPEND);
    run(logging, line);
    assertThat(loaded(log, " com.sun.tools.javac.main.JavaCompiler "))
        .contains("source: shared objects file");
    assertThat(archives()).hasSize(2);
  }

  @Test
  void keepsNoClassArchiveInCi() throws Exception {
    List<String> line = List.of(LAUNCHER.toString(), "check", well().toString());
    assertThat(run(Map.of("CI", "true"), line)).isEqualTo(new Ended(0, "", ""));
    assertThat(cache.resolve("belay").resolve("classes")).doesNotExist();
  }

  @Test
  void worksWithoutAnyPlaceForACache() throws Exception {
    Path file = echo("Echo.java");
    Path blocked = Files.writeString(directory.resolve("blocked"), "");
    List<String> line = List.of(LAUNCHER.toString(), "check", file.toString());
    Ended wanted = new Ended(7, "check|", "");
    assertThat(run(Map.of("XDG_CACHE_HOME", blocked.toString()), line)).isEqualTo(wanted);
    assertThat(run(Map.of("XDG_CACHE_HOME", "", "HOME", ""), line)).isEqualTo(wanted);
  }

  @Test
  void survivesADamagedArchive() throws Exception {
    Path file = echo("Echo.java");
    run(Map.of(), List.of(LAUNCHER.toString(), "check", well().toString()));
    Files.writeString(archives().get(0), "not an archive");
    assertThat(run(Map.of(), List.of(LAUNCHER.toString(), "check", file.toString())))
        .isEqualTo(new Ended(7, "check|", ""));
  }

  @Test
  void refusesAJavaThatIsNone() throws Exception {
    Ended ended = run(Map.of("BELAY_JAVA", "/none"), List.of(LAUNCHER.toString(), "--version"));
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).contains("BELAY_JAVA=/none is no Java 17 or newer", "do: ");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void takesTheJavaItIsGiven() throws Exception {
    String home = System.getProperty("java.home");
    for (String given : List.of(home, home + "/bin/java")) {
      Ended ended = run(Map.of("BELAY_JAVA", given), List.of(LAUNCHER.toString(), "--version"));
      assertThat(ended.out()).contains("Java " + Runtime.version());
    }
  }

  /** What a JVM tells of the first class whose line holds a text; empty for none. */
  private static String loaded(Path log, String text) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(text)).findFirst().orElse("");
    }
  }

  /** A playbook file that prints its arguments and ends with a code of its own. */
  private Path echo(String name) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        """
        class Echo {
          public static void main(String[] args) {
            for (String each : args) { System.out.print(each + "|"); }
            System.exit(7);
          }
        }
        """);
  }

  private Path well() throws IOException {
    return Files.writeString(
        directory.resolve("Well.java"), "class Well { void main() { System.exit(0); } }");
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("belay").resolve("classes"))) {
      return files.toList();
    }
  }

  private Ended run(Map<String, String> environment, List<String> line) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.directory(directory.toFile());
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    builder.environment().put("BELAY_JAVA", System.getProperty("java.home"));
    builder.environment().put("CI", "");
    builder.environment().putAll(environment);
    builder.environment().values().removeIf(String::isEmpty);
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("no end within two minutes: " + line);
    }
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
