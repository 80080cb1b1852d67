package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybookFileTest {

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path directory;

  @Test
  void startsAFileWithAnyNameOnTheLibrary() throws IOException {
    Path file =
        write(
            "my play.java",
            """
            import dev.belay.core.remote.Sh;
            public class Harden {
              public static void main(String[] args) {
                System.setProperty("belay.test", Sh.quote(String.join(" ", args)));
              }
            }
            """);
    files().start(file, new String[] {"check", "ä"});
    assertThat(System.getProperty("belay.test")).isEqualTo("'check ä'");
  }

  @Test
  void keepsClassesSoThatASecondRunDoesNotCompile() throws IOException {
    Path file = write("Play.java", "class Play { static void main(String[] a) {} }");
    files().start(file, new String[0]);
    List<Path> stored = stored();
    assertThat(stored).hasSize(1);
    Files.writeString(stored.get(0), "damaged");
    files().start(file, new String[0]);
    assertThat(Files.size(stored.get(0))).isGreaterThan(100); // compiled and stored again
    byte[] before = Files.readAllBytes(stored.get(0));
    files().start(file, new String[0]);
    assertThat(Files.readAllBytes(stored.get(0))).isEqualTo(before);
  }

  @Test
  void takesTheClassesItHasKept() throws IOException {
    Path file = write("Play.java", "class Play { static void main(String[] a) {} }");
    SourceText source = SourceText.read(file);
    CompiledPlaybook first = files().compiled(source);
    Path only = stored().get(0);
    CompiledPlaybook other =
        new PlaybookCompiler("")
            .compile(new SourceText(file, "class Play { void main() {} int changed; }"));
    new PlaybookCache(cacheDirectory()).store(only.getFileName().toString(), other);
    assertThat(files().compiled(source).classes().get("Play"))
        .isEqualTo(other.classes().get("Play"))
        .isNotEqualTo(first.classes().get("Play"));
  }

  @Test
  void compilesAnewWhenContentOrClassPathChanges() throws IOException {
    Path file = write("Play.java", "class Play { static void main(String[] a) {} }");
    files().compiled(SourceText.read(file));
    files().compiled(new SourceText(file, "class Play { void main() {} }"));
    String longer = CLASS_PATH + ":" + Files.createDirectory(directory.resolve("more"));
    new PlaybookFile(longer, Optional.of(new PlaybookCache(cacheDirectory())))
        .compiled(SourceText.read(file));
    assertThat(stored()).hasSize(3);
  }

  @Test
  void keepsTheCacheToItself() throws IOException {
    Path file = write("Play.java", "class Play { static void main(String[] a) {} }");
    files().start(file, new String[0]);
    assertThat(mode(cacheDirectory())).isEqualTo("rwx------");
    assertThat(mode(stored().get(0))).isEqualTo("rw-------");
  }

  @Test
  void takesNoCodeFromADirectoryThatOthersCanWriteTo() throws IOException {
    Path file = write("Play.java", "class Play { static void main(String[] a) {} }");
    files().start(file, new String[0]);
    Files.setPosixFilePermissions(cacheDirectory(), PosixFilePermissions.fromString("rwxrwxrwx"));
    PlaybookCache cache = new PlaybookCache(cacheDirectory());
    assertThat(cache.find(stored().get(0).getFileName().toString())).isEmpty();
  }

  @Test
  void worksWhereNoCacheCanBeWritten() throws IOException {
    Path blocked = Files.writeString(directory.resolve("blocked"), "a file");
    Path file = write("Play.java", "class Play { static void main(String[] a) {} }");
    new PlaybookFile(CLASS_PATH, Optional.of(new PlaybookCache(blocked.resolve("playbooks"))))
        .start(file, new String[0]);
    new PlaybookFile(CLASS_PATH, Optional.empty()).start(file, new String[0]);
  }

  @Test
  void namesTheFileThatWasProbablyMeant() throws IOException {
    write("Audit.java", "");
    assertThatThrownBy(() -> files().start(directory.resolve("Audti.java"), new String[0]))
        .isInstanceOfSatisfying(
            ComplaintException.class,
            complaint -> {
              assertThat(complaint.code()).isEqualTo(ExitCode.USAGE);
              assertThat(complaint.text())
                  .contains(
                      "no playbook file", "did you mean", "Audit.java?", "no host was touched");
            });
  }

  @Test
  void showsWhatJavacSaysAtTheUsersLine() throws IOException {
    Path file =
        write("Play.java", "class Play {\n\tvoid main() { Strin s = 1; }\n  int x = y;\n}\n");
    assertThatThrownBy(() -> files().start(file, new String[0]))
        .isInstanceOfSatisfying(
            ComplaintException.class,
            complaint ->
                assertThat(complaint.text())
                    .contains(
                        "Play.java does not compile",
                        "Play.java:2: cannot find symbol\n"
                            + "           void main() { Strin s = 1; }\n"
                            + "                         ^\n"
                            + "            symbol:   class Strin",
                        "Play.java:3: cannot find symbol",
                        "correct " + file + " at line 2"));
  }

  @Test
  void saysThatThereIsNoMain() throws IOException {
    Path file = write("Play.java", "class Play { }");
    assertThatThrownBy(() -> files().start(file, new String[0]))
        .hasMessageContaining("has no main method to start");
    Path two = write("Two.java", "class A { void main() {} } class B { void main() {} }");
    assertThatThrownBy(() -> files().start(two, new String[0]))
        .hasMessageContaining("has several main methods");
  }

  @Test
  void namesTheLineWhereBuildingFailed() throws IOException {
    Path file =
        write(
            "Play.java",
            """
            import dev.belay.core.playbook.Play;
            class Bad {
              void main() {
                Play.of("");
              }
            }
            """);
    assertThatThrownBy(() -> files().start(file, new String[0]))
        .isInstanceOfSatisfying(
            ComplaintException.class,
            complaint -> {
              assertThat(complaint.text())
                  .contains(
                      file + ":4: the playbook cannot be built",
                      "a play needs a name and a host pattern",
                      "no host was touched");
              assertThat(complaint.text()).doesNotContain("\tat ");
              assertThat(complaint.getCause()).isInstanceOf(IllegalArgumentException.class);
            });
  }

  @Test
  void namesTheLineWhereAStaticInitialiserFailed() throws IOException {
    Path file =
        write(
            "Play.java",
            "class Play {\n  static final int N = Integer.parseInt(\"x\");\n  void main() {}\n}\n");
    assertThatThrownBy(() -> files().start(file, new String[0]))
        .isInstanceOfSatisfying(
            ComplaintException.class,
            complaint ->
                assertThat(complaint.text()).contains("Play.java:2:", "NumberFormatException"));
  }

  @Test
  void startsACompactSourceFileOrSaysThatItNeedsANewerJava() throws IOException {
    Path file = write("Compact.java", COMPACT);
    if (Runtime.version().feature() >= 25) {
      files().start(file, new String[] {"check"});
      assertThat(System.getProperty("belay.test")).isEqualTo("compact check");
    } else {
      assertThatThrownBy(() -> files().start(file, new String[0]))
          .isInstanceOfSatisfying(
              ComplaintException.class,
              complaint ->
                  assertThat(complaint.text())
                      .contains("compact source file, which needs JDK 25", "BELAY_JAVA=DIR"));
    }
  }

  @Test
  void findsNoCacheDirectoryWithoutAHome() {
    assertThat(PlaybookFile.cacheDirectory(Map.of())).isEmpty();
    assertThat(PlaybookFile.cacheDirectory(Map.of("HOME", "/home/jo")))
        .contains(Path.of("/home/jo/.cache/belay/playbooks"));
    assertThat(PlaybookFile.cacheDirectory(Map.of("HOME", "/h", "XDG_CACHE_HOME", "/c")))
        .contains(Path.of("/c/belay/playbooks"));
    assertThat(PlaybookFile.cacheDirectory(Map.of("HOME", "/h", "XDG_CACHE_HOME", "relative")))
        .contains(Path.of("/h/.cache/belay/playbooks"));
  }

  private static final String COMPACT =
      """
      import dev.belay.core.remote.Sh;

      void main(String[] args) {
        System.setProperty("belay.test", "compact " + Sh.quote(args[0]).replace("'", ""));
      }
      """;

  private PlaybookFile files() {
    return new PlaybookFile(CLASS_PATH, Optional.of(new PlaybookCache(cacheDirectory())));
  }

  private Path cacheDirectory() {
    return directory.resolve("cache").resolve("playbooks");
  }

  private List<Path> stored() throws IOException {
    try (Stream<Path> files = Files.list(cacheDirectory())) {
      return files.toList();
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
