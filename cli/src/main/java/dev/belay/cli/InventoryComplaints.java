package dev.belay.cli;

import dev.belay.core.text.NearMiss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is said when an inventory cannot be had. */
final class InventoryComplaints {

  private InventoryComplaints() {}

  static ComplaintException unreadable(String source, IOException why) {
    return ComplaintException.usage(
        "inventory " + source + " cannot be read",
        "to read it",
        why.toString(),
        "check its permissions",
        why);
  }

  static ComplaintException missing(String source, Path path) {
    Optional<String> near = nearby(path);
    return ComplaintException.usage(
        "no inventory file " + source,
        "an inventory at that path, or hosts with a comma",
        Files.exists(path) ? "something that is no file" : "no such file",
        near.map(name -> "did you mean -i " + path.resolveSibling(name) + "?")
            .orElse(
                "correct the path; if it is a host, write -i '" + source + ",' with the comma"));
  }

  private static Optional<String> nearby(Path path) {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      return NearMiss.of(path.getFileName().toString(), names);
    } catch (IOException noDirectory) {
      return Optional.empty();
    }
  }
}
