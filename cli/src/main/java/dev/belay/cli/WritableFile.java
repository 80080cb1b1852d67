package dev.belay.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that reports go to. */
final class WritableFile {

  private WritableFile() {}

  /**
   * Complains before any host is touched where the file could not be written afterwards.
   *
   * @param flag the option that names it
   * @throws ComplaintException with exit code 64
   */
  static Path of(Flag flag, String name) {
    Path file = Path.of(name);
    Path folder = file.toAbsolutePath().getParent();
    boolean writable = Files.exists(file) ? Files.isWritable(file) : Files.isWritable(folder);
    if (!writable || Files.isDirectory(file)) {
      throw complaint(
          flag, name, Files.isDirectory(file) ? "a folder" : "no permission, or no such folder");
    }
    return file;
  }

  private static ComplaintException complaint(Flag flag, String name, String got) {
    return ComplaintException.usage(
        "the report " + name + " cannot be written",
        "a file for --" + flag.word() + " that can be written",
        got,
        "name another file");
  }

  /**
   * Opens a file to write to its end. A new one is for its owner alone, since differences may show
   * what on the host only root can read.
   *
   * @throws ComplaintException when it cannot be opened
   */
  static Writer appender(Path file) {
    try {
      var channel =
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Channels.newWriter(channel, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw complaint(Flag.LOG, file.toString(), String.valueOf(e.getMessage()));
    }
  }
}
