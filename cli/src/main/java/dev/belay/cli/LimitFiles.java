package dev.belay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files with one host pattern a line, which {@code --limit @FILE} names as with Ansible. */
final class LimitFiles {

  private LimitFiles() {}

  /**
   * Returns a limit with the lines of its files in their place; empty lines and those that begin
   * with {@code #} do not count.
   *
   * @throws ComplaintException when a file cannot be read, or says nothing
   */
  static String expanded(String limit) {
    if (!limit.contains("@")) {
      return limit;
    }
    List<String> terms = new ArrayList<>();
    for (String term : limit.split(",")) {
      String bare = term.strip();
      terms.addAll(bare.startsWith("@") ? lines(bare.substring(1)) : List.of(bare));
    }
    return String.join(",", terms);
  }

  private static List<String> lines(String file) {
    List<String> lines;
    try {
      lines =
          Files.readAllLines(Path.of(file)).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList();
    } catch (IOException | InvalidPathException unreadable) {
      throw complaint(file, "cannot be read", unreadable.toString());
    }
    if (lines.isEmpty()) {
      throw complaint(file, "names no host", "a file without a line");
    }
    return lines;
  }

  private static ComplaintException complaint(String file, String wrong, String got) {
    return ComplaintException.usage(
        "the file " + file + " of --limit " + wrong,
        "a file with one host pattern a line",
        got,
        "correct the path or the file; without a limit all hosts are meant");
  }
}
