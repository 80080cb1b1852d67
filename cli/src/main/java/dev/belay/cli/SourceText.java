package dev.belay.cli;

import dev.belay.core.text.NearMiss;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A playbook file as it was read once, so that what is hashed is what is compiled.
 *
 * @param path as the user wrote it
 * @param text its content
 */
record SourceText(Path path, String text) {

  /**
   * Reads a file.
   *
   * @throws ComplaintException when there is no such file or it is not UTF-8
   */
  static SourceText read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw missing(path);
    }
    try {
      byte[] bytes = Files.readAllBytes(path);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new SourceText(path, text);
    } catch (CharacterCodingException encoding) {
      throw ComplaintException.usage(
          path + " is not UTF-8 text",
          "a Java source file in UTF-8",
          "bytes that are no UTF-8",
          "convert it, for example with iconv -t UTF-8",
          encoding);
    } catch (IOException unreadable) {
      throw ComplaintException.usage(
          "playbook file " + path + " cannot be read",
          "to read it",
          unreadable.toString(),
          "check its permissions",
          unreadable);
    }
  }

  /** Returns the file's name without {@code .java}. */
  String simpleName() {
    return path.getFileName().toString().replaceFirst("\\.java$", "");
  }

  private static ComplaintException missing(Path path) {
    return ComplaintException.usage(
        "no playbook file " + path,
        "a Java file that calls Belay.run(args, playbook) in its main",
        Files.isDirectory(path) ? "a directory" : "no such file",
        nearby(path)
            .map(near -> "did you mean " + near + "?")
            .orElse("check the path; it is taken from the current directory"));
  }

  /** Returns the path with the name of a file that lies there and is named nearly so. */
  private static Optional<Path> nearby(Path missing) {
    Path directory = missing.toAbsolutePath().getParent();
    if (directory == null) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      return NearMiss.of(missing.getFileName().toString(), names).map(missing::resolveSibling);
    } catch (IOException noDirectory) {
      return Optional.empty();
    }
  }
}
