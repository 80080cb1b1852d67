package dev.belay.testkit.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The files of a host seen from outside, below its root directory. Symbolic links are followed
 * here, inside the root: the kernel would follow absolute ones into the machine's own tree.
 */
record HostFiles(Path root) {

  private static final int MOST_LINKS = 40;

  /** Returns where this JVM finds a path of the host; the last components need not exist. */
  Path at(String path) throws IOException {
    var pending = new ArrayDeque<String>();
    split(path).forEach(pending::addLast);
    var current = root;
    int links = 0;
    while (!pending.isEmpty()) {
      var name = pending.pop();
      if (name.equals("..")) {
        current = current.equals(root) ? root : current.getParent();
        continue;
      }
      var next = current.resolve(name);
      if (!Files.isSymbolicLink(next)) {
        current = next;
        continue;
      }
      if (++links > MOST_LINKS) {
        throw new IOException("too many levels of symbolic links: " + path);
      }
      var target = Files.readSymbolicLink(next);
      var words = split(target.toString());
      for (int i = words.size() - 1; i >= 0; i--) {
        pending.push(words.get(i));
      }
      current = target.isAbsolute() ? root : current;
    }
    return current;
  }

  private static List<String> split(String path) {
    return java.util.Arrays.stream(path.split("/"))
        .filter(word -> !word.isEmpty() && !word.equals("."))
        .toList();
  }

  /** Writes a file, in place of a link of that name too, and makes the directories above it. */
  void write(String path, String text, String permissions) throws IOException {
    write(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), permissions);
  }

  void write(String path, byte[] bytes, String permissions) throws IOException {
    var slash = path.lastIndexOf('/');
    var file = directory(path.substring(0, slash)).resolve(path.substring(slash + 1));
    Files.deleteIfExists(file);
    Files.write(file, bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /** Makes a directory, mode 0755, and those above it; one that exists is left as it is. */
  Path directory(String path) throws IOException {
    return Files.createDirectories(at(path));
  }

  void link(String path, String target) throws IOException {
    var link = root.resolve(path.substring(1));
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  /** Removes a file that the machine may or may not have. */
  void remove(String path) throws IOException {
    Files.deleteIfExists(root.resolve(path.substring(1)));
  }

  /** Returns a file's text, or an empty text where there is none. */
  String read(String path) throws IOException {
    try {
      return Files.readString(at(path));
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
