package dev.belay.core.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts by host, in Ansible's words and a few of our own. Immutable.
 *
 * @param kind what was done
 * @param hosts counts, by host name, in the order of the run
 */
public record Recap(RunEvent.Kind kind, Map<String, Counts> hosts) {

  /** Copies the map, keeping its order. */
  public Recap {
    hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
  }

  /**
   * Counts of one host.
   *
   * @param ok tasks that found their state, changed ones included as Ansible counts them
   * @param changed tasks and handlers that changed something
   * @param unreachable 1 when the host could not be reached or was lost
   * @param failed tasks that failed, or in check mode would fail
   * @param skipped tasks that did not concern the host
   * @param wouldChange check mode: tasks that would change something
   * @param mayChange check mode: tasks of which it cannot be known
   * @param rolledBack changes that were undone
   * @param remaining changes that a rollback could not undo
   * @param refused 1 when drift, lock or preflight kept us from trying
   * @param notReached 1 when the run ended before this host
   * @param ignored tasks that failed, or would fail, and end nothing
   * @param rescued tasks that failed, or would fail, and whose block has a rescue
   */
  public record Counts(
      int ok,
      int changed,
      int unreachable,
      int failed,
      int skipped,
      int wouldChange,
      int mayChange,
      int rolledBack,
      int remaining,
      int refused,
      int notReached,
      int ignored,
      int rescued) {

    /** All zero. */
    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Returns an empty recap for the hosts of a run. */
  public static Recap of(RunEvent.Started started) {
    Map<String, Counts> hosts = new LinkedHashMap<>();
    started.hosts().forEach(host -> hosts.put(host, Counts.ZERO));
    return new Recap(started.kind(), hosts);
  }

  /** Returns the recap with one more event counted. */
  public Recap plus(RunEvent event) {
    if (event instanceof RunEvent.TaskEnded ended) {
      return with(ended.host(), add(of(ended.host()), ended.status()));
    }
    if (event instanceof RunEvent.Failed failed) {
      return with(failed.host(), add(of(failed.host()), 0, 1, 0, 0, failed.refused() ? 1 : 0, 0));
    }
    if (event instanceof RunEvent.Unreachable lost) {
      return with(lost.host(), add(of(lost.host()), 1, 0, 0, 0, 0, 0));
    }
    if (event instanceof RunEvent.Undone undone && !undone.dry()) {
      return with(undone.host(), add(of(undone.host()), 0, 0, 1, 0, 0, 0));
    }
    if (event instanceof RunEvent.Undone undone) {
      return with(undone.host(), add(of(undone.host()), RunEvent.Status.WOULD_CHANGE));
    }
    if (event instanceof RunEvent.RolledBack back) {
      return with(
          back.host(),
          add(of(back.host()), 0, 0, 0, kind.dry() ? 0 : back.remaining().size(), 0, 0));
    }
    if (event instanceof RunEvent.NotReached not) {
      return with(not.host(), add(of(not.host()), 0, 0, 0, 0, 0, 1));
    }
    return this;
  }

  private Counts of(String host) {
    return hosts.getOrDefault(host, Counts.ZERO);
  }

  private Recap with(String host, Counts counts) {
    Map<String, Counts> copy = new LinkedHashMap<>(hosts);
    copy.put(host, counts);
    return new Recap(kind, copy);
  }

  private static Counts add(Counts c, RunEvent.Status status) {
    boolean changed = status == RunEvent.Status.CHANGED;
    return new Counts(
        c.ok + (changed || status == RunEvent.Status.OK ? 1 : 0),
        c.changed + (changed ? 1 : 0),
        c.unreachable,
        c.failed,
        c.skipped + (status == RunEvent.Status.SKIPPED ? 1 : 0),
        c.wouldChange + (status == RunEvent.Status.WOULD_CHANGE ? 1 : 0),
        c.mayChange + (status == RunEvent.Status.MAY_CHANGE ? 1 : 0),
        c.rolledBack,
        c.remaining,
        c.refused,
        c.notReached,
        c.ignored + (status == RunEvent.Status.IGNORED ? 1 : 0),
        c.rescued + (status == RunEvent.Status.RESCUED ? 1 : 0));
  }

  private static Counts add(
      Counts c, int lost, int failed, int rolledBack, int remaining, int refused, int notReached) {
    return new Counts(
        c.ok,
        c.changed,
        c.unreachable + lost,
        c.failed + failed,
        c.skipped,
        c.wouldChange,
        c.mayChange,
        c.rolledBack + rolledBack,
        c.remaining + remaining,
        c.refused + refused,
        c.notReached + notReached,
        c.ignored,
        c.rescued);
  }
}
