package dev.belay.core.report;

import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run as a page tells it: what happened on each host, in order.
 *
 * @param started its beginning
 * @param begin when it began
 * @param end when it ended, or when the last word of it came
 * @param ended its end; empty when it was cut off
 * @param recap counts by host, as far as it came
 * @param hosts what happened on each host, in the order of the run
 */
record Tale(
    RunEvent.Started started,
    Instant begin,
    Instant end,
    Optional<RunEvent.Ended> ended,
    Recap recap,
    Map<String, List<Tale.Item>> hosts) {

  private static final int MANY = 25;

  /**
   * Something that happened on a host, with what was said about it right afterwards.
   *
   * @param number its place in the page, from 1
   * @param since when what came before it on the host was told
   * @param at when it was told
   * @param event what happened
   * @param remarks what the task found and warned of
   */
  record Item(int number, Instant since, Instant at, RunEvent event, List<RunEvent> remarks) {}

  /** Tells whether there are so many hosts that tables of them scroll by themselves. */
  boolean large() {
    return hosts.size() > MANY;
  }

  /** Returns how long it took, or has taken. */
  Duration elapsed() {
    return ended.map(RunEvent.Ended::elapsed).orElse(Duration.between(begin, end));
  }

  /** Tells whether it undoes another run. */
  boolean rollback() {
    return started.kind() == RunEvent.Kind.ROLLBACK
        || started.kind() == RunEvent.Kind.CHECK_ROLLBACK;
  }

  /**
   * Returns the runs of a list of events. A check that a later run follows is left out: what was
   * shown before somebody agreed is what was done then.
   */
  static List<Tale> of(List<Moment> moments) {
    List<List<Moment>> runs = new ArrayList<>();
    for (Moment moment : moments) {
      if (moment.event() instanceof RunEvent.Started) {
        runs.removeIf(Tale::dry);
        runs.add(new ArrayList<>());
      }
      if (!runs.isEmpty()) {
        runs.get(runs.size() - 1).add(moment);
      }
    }
    List<Tale> tales = new ArrayList<>();
    int number = 0;
    for (List<Moment> run : runs) {
      tales.add(one(run, number));
      number += run.size();
    }
    return tales;
  }

  private static boolean dry(List<Moment> run) {
    return ((RunEvent.Started) run.get(0).event()).kind().dry();
  }

  private static Tale one(List<Moment> run, int before) {
    RunEvent.Started started = (RunEvent.Started) run.get(0).event();
    Instant begin = run.get(0).at();
    Map<String, List<Item>> hosts = new LinkedHashMap<>();
    started.hosts().forEach(host -> hosts.put(host, new ArrayList<>()));
    Optional<RunEvent.Ended> ended = Optional.empty();
    int number = before;
    for (Moment moment : run) {
      number++;
      if (moment.event() instanceof RunEvent.Ended end) {
        ended = Optional.of(end);
      }
      String host = host(moment.event());
      if (!host.isEmpty()) {
        add(hosts.computeIfAbsent(host, unused -> new ArrayList<>()), moment, begin, number);
      }
    }
    return new Tale(started, begin, run.get(run.size() - 1).at(), ended, recap(run), hosts);
  }

  /** Counted anew only where a run has not told its own, since that takes long for a large one. */
  private static Recap recap(List<Moment> run) {
    if (run.get(run.size() - 1).event() instanceof RunEvent.Ended ended) {
      return ended.recap();
    }
    Recap recap = Recap.of((RunEvent.Started) run.get(0).event());
    for (Moment moment : run) {
      recap = recap.plus(moment.event());
    }
    return recap;
  }

  private static void add(List<Item> items, Moment moment, Instant begin, int number) {
    Item last = items.isEmpty() ? null : items.get(items.size() - 1);
    if (last != null && belongsTo(last.event(), moment.event())) {
      last.remarks().add(moment.event());
      return;
    }
    Instant since = last == null ? begin : last.at();
    items.add(new Item(number, since, moment.at(), moment.event(), new ArrayList<>()));
  }

  private static boolean belongsTo(RunEvent last, RunEvent event) {
    String task = last instanceof RunEvent.TaskEnded ended ? ended.task() : "";
    return !task.isEmpty()
        && (event instanceof RunEvent.Found found && found.task().equals(task)
            || event instanceof RunEvent.Warned warned && warned.task().equals(task));
  }

  /** Returns the host that a page tells the event of; empty for what it does not tell. */
  private static String host(RunEvent event) {
    if (event instanceof RunEvent.TaskEnded ended) {
      return ended.host();
    } else if (event instanceof RunEvent.Failed failed) {
      return failed.host();
    } else if (event instanceof RunEvent.Warned warned) {
      return warned.host();
    } else if (event instanceof RunEvent.Found found) {
      return found.host();
    } else if (event instanceof RunEvent.Connected connected) {
      return connected.host();
    } else if (event instanceof RunEvent.HostEnded ended) {
      return ended.host();
    }
    return hostOfRest(event);
  }

  private static String hostOfRest(RunEvent event) {
    if (event instanceof RunEvent.Unreachable lost) {
      return lost.host();
    } else if (event instanceof RunEvent.Undone undone) {
      return undone.host();
    } else if (event instanceof RunEvent.RolledBack back) {
      return back.host();
    } else if (event instanceof RunEvent.WouldGuard guard) {
      return guard.host();
    } else if (event instanceof RunEvent.Kept kept) {
      return kept.host();
    } else if (event instanceof RunEvent.NotReached not) {
      return not.host();
    }
    return "";
  }
}
