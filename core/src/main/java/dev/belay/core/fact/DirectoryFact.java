package dev.belay.core.fact;

import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The regular files of a directory whose names do not begin with a dot, with their content; the
 * files a kubelet reads. Files over 1 MiB come with empty content; a directory that is not there
 * has none.
 *
 * @param path the directory
 */
public record DirectoryFact(RemotePath path) implements Fact<Map<String, Content>> {

  @Override
  public String question() {
    return "b_dir " + Sh.quote(path) + " " + FileFact.CONTENT_LIMIT;
  }

  @Override
  public Map<String, Content> parse(Answer answer) {
    Map<String, Content> files = new LinkedHashMap<>();
    byte[] out = answer.out();
    int at = 0;
    while (at < out.length) {
      int end = at;
      while (out[end] != '\n') {
        end++;
      }
      String[] sizes =
          new String(out, at, end - at, java.nio.charset.StandardCharsets.US_ASCII).split(" ");
      int name = end + 1;
      int content = name + Integer.parseInt(sizes[0]) + 1;
      int next = content + Integer.parseInt(sizes[1]);
      files.put(
          new String(out, name, content - name - 1, java.nio.charset.StandardCharsets.UTF_8),
          Content.of(Arrays.copyOfRange(out, content, next)));
      at = next + 1;
    }
    return files;
  }

  @Override
  public String toString() {
    return "files of " + path;
  }
}
