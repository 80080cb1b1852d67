package dev.belay.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the folder {@code shared/data} of real samples beside the checkout, where there is one.
 *
 * <p>The folder is no part of the project: tests that read it must pass without it. The system
 * property {@code belay.samples} names another place.
 */
public final class SharedSamples {

  private SharedSamples() {}

  /** Returns the files in {@code folder} whose names begin with {@code prefix}; none if absent. */
  public static List<Path> in(String folder, String prefix) {
    return root().resolve(folder).toFile().isDirectory()
        ? list(root().resolve(folder), prefix)
        : List.of();
  }

  private static List<Path> list(Path folder, String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    String named = System.getProperty("belay.samples");
    if (named != null) {
      return Path.of(named);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path found = at.resolve("shared/data");
      if (Files.isDirectory(found)) {
        return found;
      }
    }
    return Path.of("no-shared-samples");
  }
}
