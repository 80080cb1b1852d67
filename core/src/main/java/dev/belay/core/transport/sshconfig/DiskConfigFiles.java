package dev.belay.core.transport.sshconfig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads configuration files from this machine's disk. */
public final class DiskConfigFiles implements ConfigFiles {

  private static final int OTHERS_WRITE = 022;

  private final long uid;

  /**
   * Makes the reader.
   *
   * @param uid the user who, besides root, may own the user's own files
   */
  public DiskConfigFiles(long uid) {
    this.uid = uid;
  }

  /** Returns the user and machine of this process. */
  public static SshCaller callerOfProcess() {
    return new SshCaller(
        System.getProperty("user.name"),
        System.getProperty("user.home"),
        uidOfProcess(),
        machine(),
        System.getenv());
  }

  private static long uidOfProcess() {
    Path process = Path.of("/proc/self");
    Path own = Files.exists(process) ? process : Path.of(System.getProperty("user.home"));
    try {
      return (Integer) Files.getAttribute(own, "unix:uid");
    } catch (IOException | UnsupportedOperationException e) {
      return -1; // Then only root's files are trusted.
    }
  }

  private static String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException notLinux) {
      return System.getenv().getOrDefault("HOSTNAME", "localhost");
    }
  }

  @Override
  public Optional<String> read(String path, boolean own) {
    Path file = Path.of(path);
    if (!Files.exists(file) || Files.isDirectory(file)) {
      return Optional.empty();
    }
    try {
      if (own) {
        check(file);
      }
      // Comments may be in any encoding; this never fails.
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new SshConfigException(path, "it cannot be read: " + e, "make it readable");
    }
  }

  private void check(Path file) throws IOException {
    Map<String, Object> facts = Files.readAttributes(file, "unix:uid,mode");
    int owner = (Integer) facts.get("uid");
    boolean writable = ((Integer) facts.get("mode") & OTHERS_WRITE) != 0;
    if (writable || owner != 0 && owner != uid) {
      throw new SshConfigException(
          file.toString(),
          "others may change it, so ssh refuses it too",
          "make it your own: chmod go-w " + file);
    }
  }

  @Override
  public List<String> matching(String glob) {
    List<Path> found = List.of(Path.of("/"));
    for (String part : glob.split("/+")) {
      if (!part.isEmpty()) {
        found = found.stream().flatMap(folder -> below(folder, part).stream()).toList();
      }
    }
    return found.stream().map(Path::toString).toList();
  }

  private static List<Path> below(Path folder, String part) {
    if (part.chars().noneMatch(c -> "*?[\\".indexOf(c) >= 0)) {
      Path only = folder.resolve(part);
      return Files.exists(only, LinkOption.NOFOLLOW_LINKS) ? List.of(only) : List.of();
    }
    Pattern wanted = pattern(part);
    List<Path> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(entry -> wanted.matcher(entry.getFileName().toString()).matches())
          .filter(entry -> part.startsWith(".") || !entry.getFileName().toString().startsWith("."))
          .sorted()
          .forEach(found::add);
    } catch (IOException e) {
      return List.of(); // Such as a file where a folder was meant: it holds nothing.
    }
    return found;
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < glob.length(); at++) {
      char c = glob.charAt(at);
      int end = c == '[' ? glob.indexOf(']', at + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (end > 0) {
        regex.append(set(glob.substring(at + 1, end)));
        at = end;
      } else {
        at += c == '\\' && at + 1 < glob.length() ? 1 : 0;
        regex.append(Pattern.quote(String.valueOf(glob.charAt(at))));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static String set(String members) {
    boolean not = members.startsWith("!") || members.startsWith("^");
    String plain = members.substring(not ? 1 : 0).replaceAll("([\\[\\]\\\\^&])", "\\\\$1");
    return "[" + (not ? "^" : "") + plain + "]";
  }
}
