package dev.belay.core.builtin.kube.syscall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What strace printed: the table of {@code -c} or {@code -C}, lines of calls, or both.
 *
 * @param counts of each call, most frequent first; those of the table where there is one
 * @param lines of calls, whole again where a message of strace had cut one
 */
public record StraceOutput(List<SyscallCount> counts, List<String> lines) {

  /** Old versions print no usecs for the total; errors are blank when there are none. */
  private static final Pattern ROW =
      Pattern.compile(
          " *[\\d.]+ +[\\d.]+ +\\d+ +(\\d{1,18})(?: +(\\d{1,18}))? +([a-z_][a-z0-9_]*)");

  private static final Pattern MESSAGE = Pattern.compile("strace: Process \\d+ (?:at|de)tached");

  /** Copies the lists. */
  public StraceOutput {
    counts = List.copyOf(counts);
    lines = List.copyOf(lines);
  }

  /** Reads what strace printed; lines that are neither are passed over. Pure. */
  public static StraceOutput read(List<String> printed) {
    Map<String, SyscallCount> table = new TreeMap<>();
    Map<String, SyscallCount> seen = new TreeMap<>();
    Set<String> begun = new HashSet<>();
    List<String> lines = new ArrayList<>();
    for (String line : mended(printed)) {
      Matcher row = ROW.matcher(line.stripTrailing());
      Optional<StraceEvent> event = StraceEvent.parse(line);
      if (row.matches()) {
        add(table, row(row));
      } else if (event.isPresent()) {
        lines.add(line.strip());
        count(event.get(), begun, seen);
      }
    }
    table.remove("total");
    return new StraceOutput(sorted(table.isEmpty() ? seen : table), lines);
  }

  private static SyscallCount row(Matcher row) {
    long errors = row.group(2) == null ? 0 : Long.parseLong(row.group(2));
    return new SyscallCount(row.group(3), Long.parseLong(row.group(1)), errors);
  }

  /** A call counts where it begins; its end counts only when its begin came before the watch. */
  private static void count(StraceEvent event, Set<String> begun, Map<String, SyscallCount> seen) {
    String key = event.pid().map(String::valueOf).orElse("") + " " + event.name();
    boolean known = event.part() == StraceEvent.Part.RESUMED && begun.remove(key);
    if (event.part() == StraceEvent.Part.BEGUN) {
      begun.add(key);
    }
    int errors = event.error().isPresent() ? 1 : 0;
    add(seen, new SyscallCount(event.name(), known ? 0 : 1, errors));
  }

  private static void add(Map<String, SyscallCount> counts, SyscallCount more) {
    counts.merge(more.name(), more, SyscallCount::plus);
  }

  private static List<SyscallCount> sorted(Map<String, SyscallCount> counts) {
    return counts.values().stream()
        .sorted(
            Comparator.comparingLong(SyscallCount::calls)
                .reversed()
                .thenComparing(SyscallCount::name))
        .toList();
  }

  /** On a terminal a message may stand in the middle of a line, whose rest follows on another. */
  private static List<String> mended(List<String> printed) {
    List<String> whole = new ArrayList<>();
    String cut = "";
    for (String line : printed) {
      Matcher message = MESSAGE.matcher(line);
      if (message.find()) {
        cut += line.substring(0, message.start()).replace("^C", "");
      } else {
        whole.add(cut + line);
        cut = "";
      }
    }
    whole.add(cut);
    return whole;
  }
}
