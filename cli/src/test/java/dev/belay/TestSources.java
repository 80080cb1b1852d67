package dev.belay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The test sources of all modules, read as text: their classes are on nobody's class path but their
 * own.
 *
 * @param root folder that holds the modules
 */
record TestSources(Path root) {

  private static final Pattern CONTRACT = Pattern.compile("implements\\s+StepContract\\b");

  private static final Pattern HAS_TESTS =
      Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b|" + CONTRACT);

  /** Returns every file with tests that Maven would not run. */
  List<String> withoutARunner() throws IOException {
    return javaFiles()
        .filter(file -> !file.getFileName().toString().matches(".*(Test|IT)\\.java"))
        .filter(file -> HAS_TESTS.matcher(text(file)).find())
        .map(file -> root.relativize(file).toString())
        .toList();
  }

  /** Tells whether a step has a test of its name that proves the contract. */
  boolean holdsContractOf(String step) throws IOException {
    return javaFiles()
        .filter(file -> file.getFileName().toString().equals(step + "Test.java"))
        .anyMatch(file -> CONTRACT.matcher(text(file)).find());
  }

  private Stream<Path> javaFiles() throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(TestSources::filesBelow)
          .filter(file -> file.toString().endsWith(".java"))
          .toList()
          .stream();
    }
  }

  private static Stream<Path> filesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + folder, unreadable);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }
}
