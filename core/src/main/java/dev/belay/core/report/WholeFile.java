package dev.belay.core.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files whole or not at all, readable by their owner alone. */
final class WholeFile {

  private WholeFile() {}

  /**
   * Writes beside the place, then renames. A link there leads to the file that is replaced.
   *
   * @throws UncheckedIOException when it cannot be written; what was there before is unchanged
   */
  static void write(Path file, String text) {
    try {
      Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path next = Files.createTempFile(place.getParent(), ".belay-", ".new");
      try {
        Files.write(next, text.getBytes(StandardCharsets.UTF_8));
        Files.move(
            next, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the report " + file + " cannot be written", e);
    }
  }
}
