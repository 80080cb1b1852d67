package dev.belay.testkit.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** A temporary directory that only its owner may read, and the files put into it. */
record Scratch(Path dir) {

  static Scratch create(String prefix) throws IOException {
    return new Scratch(Files.createTempDirectory(prefix));
  }

  Path write(String name, String text) throws IOException {
    return write(name, text, "rw-------");
  }

  Path write(String name, String text, String permissions) throws IOException {
    var file = dir.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /** Removes the directory and what is in it; what is gone already is no error. */
  void delete() throws IOException {
    if (!Files.exists(dir)) {
      return;
    }
    try (var all = Files.walk(dir)) {
      all.sorted(Comparator.reverseOrder()).forEach(Scratch::deleteOne);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the text of a file that is packed beside this class. */
  static String resource(String name) {
    try (var in = Scratch.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the testkit jar: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
