package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each host of a run is at, as lines for people who look on. Mutable, not thread-safe. */
final class LiveBoard {

  private static final int LEAST_TASK = 10;

  /** Between two tasks a host confirms nothing; only what lasts is shown. */
  private static final long LASTING = Duration.ofMillis(300).toNanos();

  /**
   * What one host is at.
   *
   * @param what in a few words
   * @param before what it was at before, where that is shown until the new has lasted
   * @param since when it began, in nanoseconds
   * @param progress how far long work in it is; may be empty
   * @param percent how far, -1 where it is not known
   */
  private record At(String what, String before, long since, String progress, int percent) {

    At {
      before = before.isEmpty() ? what : before;
    }

    At with(RunEvent.Progress now) {
      return new At(what, before, since, now.what(), now.percent());
    }
  }

  private final Map<String, At> hosts = new LinkedHashMap<>();
  private List<String> order = List.of();
  private int all;
  private int done;
  private long began;
  private boolean running;
  private boolean dry;

  /** Takes an event in. */
  void tell(RunEvent event, long now) {
    if (event instanceof RunEvent.Started started) {
      hosts.clear();
      all = started.hosts().size();
      order = started.hosts();
      done = 0;
      began = now;
      running = true;
      dry = started.kind().dry();
    } else if (event instanceof RunEvent.Connected connected) {
      at(connected.host(), "asking what is there", now);
    } else if (event instanceof RunEvent.Began task) {
      String play = task.play().isBlank() ? "" : task.play() + " › ";
      at(task.host(), play + task.task(), now);
    } else if (event instanceof RunEvent.Progress progress) {
      hosts.computeIfPresent(progress.host(), (host, at) -> at.with(progress));
    } else if (event instanceof RunEvent.TaskEnded ended && !dry) {
      At old = hosts.get(ended.host());
      hosts.put(ended.host(), new At("confirming", old == null ? "" : old.what(), now, "", -1));
    } else if (event instanceof RunEvent.Failed failed) {
      at(failed.host(), "seeing to what failed", now);
    } else if (event instanceof RunEvent.Undone undone) {
      at(undone.host(), "undoing", now);
    } else if (event instanceof RunEvent.HostEnded ended) {
      hosts.remove(ended.host());
      done++;
    } else if (event instanceof RunEvent.Ended) {
      hosts.clear();
      running = false;
    }
  }

  /** What goes on under the same words goes on since it began. */
  private void at(String host, String what, long now) {
    At old = hosts.get(host);
    boolean same = old != null && old.what().equals(what);
    hosts.put(host, new At(what, "", same ? old.since() : now, "", -1));
  }

  /**
   * Returns the lines to be shown, at most so many and none wider than the width.
   *
   * @param width cells, at least 1
   * @param most lines, at least 1
   */
  List<String> lines(int width, int most, long now) {
    List<String> lines = new ArrayList<>();
    boolean over = all > 0 && done == all && hosts.isEmpty();
    if (!running || over) {
      return lines;
    }
    boolean total = all > 1 || hosts.isEmpty();
    int room = Math.max(1, total ? most - 1 : most);
    List<String> shown = order.stream().filter(hosts::containsKey).limit(room).toList();
    int widest = shown.stream().mapToInt(host -> CellWidth.of(SafeText.name(host))).max().orElse(0);
    int column = Math.min(widest, width / 3);
    shown.forEach(host -> lines.add(line(host, column, hosts.get(host), width, now)));
    if (total && lines.size() < most) {
      lines.add(CellWidth.cut(total(lines.size(), now), width));
    }
    return lines;
  }

  private static String line(String host, int column, At at, int width, long now) {
    String percent = at.percent() < 0 ? "" : String.format(Locale.ROOT, "  %d%%", at.percent());
    String end = percent + elapsed(at.since(), now);
    String begin = CellWidth.fill(CellWidth.cut(SafeText.name(host), column), column) + "  ";
    int left = width - CellWidth.of(begin) - CellWidth.of(end);
    String what = SafeText.line(now - at.since() < LASTING ? at.before() : at.what());
    if (left < LEAST_TASK) {
      return CellWidth.cut(begin + what + end, width);
    }
    String told = at.progress().isEmpty() ? "" : "  " + SafeText.line(at.progress());
    return begin + CellWidth.cut(what + told, left) + end;
  }

  private String total(int shown, long now) {
    int more = hosts.size() - shown;
    return (more > 0 ? "and " + more + " more at work; " : "")
        + (all > 1 ? done + " of " + all + " hosts done" : "connecting")
        + elapsed(began, now);
  }

  private static String elapsed(long since, long now) {
    Duration time = Duration.ofNanos(now - since);
    long seconds = time.toSeconds();
    // Whole seconds, so that a line is written anew once a second at most.
    return seconds == 0 ? "" : "  " + (seconds < 10 ? seconds + " s" : Words.time(time));
  }
}
