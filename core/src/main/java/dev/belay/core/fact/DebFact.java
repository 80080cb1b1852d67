package dev.belay.core.fact;

import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the .deb that apt would install holds at some paths; paths it does not hold are left out.
 * The host downloads it into memory or a temporary directory, reads it, and keeps nothing.
 *
 * @param name package name
 * @param paths the paths somebody wants to know about
 */
public record DebFact(String name, List<RemotePath> paths)
    implements Fact<Map<RemotePath, FileState>> {

  /** Packages larger than this many bytes are not downloaded to look inside. */
  public static final int SIZE_LIMIT = 64 << 20;

  /** Copies the list. */
  public DebFact {
    paths = List.copyOf(paths);
  }

  @Override
  public String question() {
    return "b_deb "
        + Sh.quote(name)
        + " "
        + SIZE_LIMIT
        + " "
        + paths.stream().map(Sh::quote).collect(Collectors.joining(" "));
  }

  /** Reads one line {@code PATH-INDEX KIND MODE SIZE} and the bytes, for each path found. */
  @Override
  public Map<RemotePath, FileState> parse(Answer answer) {
    if (answer.exit() != 0) {
      throw new UnknownFactException(
          "what package " + name + " brings cannot be read here (" + answer.err() + ")");
    }
    Map<RemotePath, FileState> found = new TreeMap<>();
    byte[] out = answer.out();
    int at = 0;
    while (at < out.length) {
      int end = at;
      while (out[end] != '\n') {
        end++;
      }
      String[] head = new String(out, at, end - at, StandardCharsets.US_ASCII).split(" ");
      int size = Integer.parseInt(head[3]);
      RemotePath path = paths.get(Integer.parseInt(head[0]));
      byte[] bytes = Arrays.copyOfRange(out, end + 1, end + 1 + size);
      found.put(path, state(path, head, Content.of(bytes)));
      at = end + 1 + size;
    }
    return found;
  }

  private static FileState state(RemotePath path, String[] head, Content content) {
    Attributes attributes = new Attributes(new Mode(Integer.parseInt(head[2], 8)), "root", "root");
    return head[1].equals("d")
        ? new FileState.Directory(path, attributes, true)
        : new FileState.Regular(
            path, attributes, content.size(), content.sha256(), Optional.of(content), 1);
  }

  @Override
  public String toString() {
    return "content of package " + name;
  }
}
