package dev.belay.testkit;

import dev.belay.core.remote.Sh;
import dev.belay.testkit.host.EmbeddedHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A picture of everything a host holds in the places that configuration lives in: one line for each
 * path with type, mode, owners, hard links, size, link target, times and digest.
 *
 * @param lines by path
 */
public record Tree(Map<String, String> lines) {

  private static final int DIGEST = 64;

  private static final List<String> CONFIGURATION =
      List.of(
          "/etc",
          "/opt",
          "/var",
          "/root",
          "/home",
          "/srv",
          "/usr/local",
          "/usr/bin",
          "/usr/lib/systemd",
          "/tmp");

  /** Takes the picture. */
  public static Tree of(EmbeddedHost host) {
    return of(host, CONFIGURATION);
  }

  /** Takes the picture of some places only; those that are not there are left out. */
  public static Tree of(EmbeddedHost host, List<String> places) {
    Map<String, String> lines = new TreeMap<>();
    String[] parts = host.run(look(Sh.words(places))).split("\0", -1);
    int i = 0;
    for (; !parts[i].equals("D"); i += 2) {
      lines.put(parts[i], parts[i + 1]);
    }
    for (i += 2; i < parts.length && !parts[i].isEmpty(); i++) {
      String digest = parts[i].substring(0, DIGEST);
      lines.computeIfPresent(parts[i].substring(DIGEST + 2), (path, line) -> line + " " + digest);
    }
    return new Tree(lines);
  }

  private static String look(String places) {
    return "/usr/bin/find "
        + places
        + " -xdev -path '/root/*/*' -prune -o"
        + " -printf '%p\\0%y %m %u %g %n %s %l @%T@\\0' 2>/dev/null; printf 'D\\0\\0';"
        + " /usr/bin/find "
        + places
        + " -xdev -type f ! -path '/var/*' ! -path '/usr/*' ! -path '/root/*' -print0 2>/dev/null"
        + " | /usr/bin/xargs -0 -r /usr/bin/sha256sum -z --";
  }

  /** Returns how another picture differs, a line for each path; nothing at all may have changed. */
  public List<String> differences(Tree other) {
    return differences(other, List.of(), false);
  }

  /**
   * Returns how a later picture differs in what a rollback has to bring back: times of directories
   * are not part of it, nor the given places with what lies below them.
   *
   * @param wholeSeconds whether times are compared to the second only
   */
  public List<String> differencesAfterRollback(
      Tree other, List<String> leftOut, boolean wholeSeconds) {
    return wholeSeconds
        ? inSeconds().differences(other.inSeconds(), leftOut, true)
        : differences(other, leftOut, true);
  }

  private Tree inSeconds() {
    Map<String, String> cut = new TreeMap<>(lines);
    cut.replaceAll((path, line) -> line.replaceAll("(@[0-9]+)\\.[0-9]+", "$1"));
    return new Tree(cut);
  }

  private List<String> differences(Tree other, List<String> leftOut, boolean laterDirectories) {
    Map<String, String> all = new TreeMap<>(lines);
    all.putAll(other.lines);
    List<String> found = new ArrayList<>();
    for (String path : all.keySet()) {
      String before = strip(lines.getOrDefault(path, "absent"), laterDirectories);
      String after = strip(other.lines.getOrDefault(path, "absent"), laterDirectories);
      boolean skip = leftOut.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "/"));
      if (!skip && !before.equals(after)) {
        found.add(path + ": " + before + " -> " + after);
      }
    }
    return found;
  }

  private static String strip(String line, boolean laterDirectories) {
    return laterDirectories && line.startsWith("d ")
        ? line.replaceAll(" [0-9]+ [0-9]+ +@[0-9.]+", "")
        : line;
  }
}
