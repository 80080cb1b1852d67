package dev.belay.core.yaml;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines, with their line ends, by which two texts differ; for tests. */
public record ChangedLines(List<String> gone, List<String> come) {

  /** Compares two UTF-8 texts. */
  public static ChangedLines between(byte[] before, byte[] after) {
    Patch<String> patch = DiffUtils.diff(lines(before), lines(after));
    return new ChangedLines(
        patch.getDeltas().stream().flatMap(delta -> source(delta).stream()).toList(),
        patch.getDeltas().stream().flatMap(delta -> target(delta).stream()).toList());
  }

  private static List<String> source(AbstractDelta<String> delta) {
    return delta.getSource().getLines();
  }

  private static List<String> target(AbstractDelta<String> delta) {
    return delta.getTarget().getLines();
  }

  private static List<String> lines(byte[] bytes) {
    return List.of(new String(bytes, StandardCharsets.UTF_8).split("(?<=\n)"));
  }
}
