package dev.belay.core.builtin.kube.syscall;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.FailedFactException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the processes of containers call for some seconds, all containers at once, with all their
 * threads and the children that come meanwhile. It takes that long, and slows them down; it leaves
 * them running whatever happens to the one who asks.
 *
 * @param ids of the containers
 * @param shown names of calls that are shown one by one; may be empty
 * @param seconds 1 to 60
 */
public record TraceFact(List<String> ids, List<String> shown, int seconds)
    implements Fact<Map<String, TraceFact.Watched>> {

  /**
   * What was seen of one container.
   *
   * @param processes how many of them strace was attached to
   * @param output what strace printed
   * @param said what it said besides, such as that it may not trace
   */
  public record Watched(int processes, StraceOutput output, List<String> said) {
    /** Copies the list. */
    public Watched {
      said = List.copyOf(said);
    }
  }

  /** Checks everything that goes to the host's shell. */
  public TraceFact {
    ids = List.copyOf(ids);
    shown = List.copyOf(shown);
    boolean safe =
        ids.stream().allMatch(id -> id.matches("[0-9a-f]{64}"))
            && shown.stream().allMatch(name -> name.matches("[a-z_][a-z0-9_]{0,40}"));
    if (!safe || seconds < 1 || seconds > 60) {
      throw new IllegalArgumentException("no containers, calls or seconds to watch: " + shown);
    }
  }

  @Override
  public String question() {
    return TraceShell.FUNCTIONS
        + "b_trace "
        + seconds
        + " '"
        + String.join("|", shown)
        + "' "
        + String.join(" ", ids);
  }

  @Override
  public Map<String, Watched> parse(Answer answer) {
    if (answer.exit() != 0) {
      throw new FailedFactException(
          "cannot watch system calls: " + (answer.text().strip() + " " + answer.err()).strip(),
          "see whether strace works on the host: strace -V");
    }
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (String line : answer.text().split("\n")) {
      int end = line.indexOf(' ');
      if (end > 0) {
        lines
            .computeIfAbsent(line.substring(0, end), id -> new ArrayList<>())
            .add(line.substring(end + 1));
      }
    }
    return lines.entrySet().stream()
        .filter(entry -> ids.contains(entry.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> watched(entry.getValue())));
  }

  private static Watched watched(List<String> lines) {
    long processes =
        lines.stream()
            .filter(line -> line.startsWith("p"))
            .mapToLong(line -> line.split(" -p ", -1).length - 1L)
            .sum();
    return new Watched(
        (int) processes,
        StraceOutput.read(marked(lines, "o ")),
        marked(lines, "e ").stream()
            .filter(
                line -> !line.matches(".*Process (\\d+ (at|de)tached|PID=\\d+ runs in .* mode).*"))
            .toList());
  }

  private static List<String> marked(List<String> lines, String mark) {
    return lines.stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .toList();
  }

  @Override
  public String toString() {
    return "system calls of " + ids.size() + " containers";
  }
}
