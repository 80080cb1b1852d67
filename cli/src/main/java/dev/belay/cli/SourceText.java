package dev.belay.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
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
        NearMiss.ofFile(path, ".java")
            .map(near -> "did you mean " + near + "?")
            .orElse("check the path; it is taken from the current directory"));
  }
}
