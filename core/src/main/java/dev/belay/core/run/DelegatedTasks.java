package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.step.Place;
import dev.belay.core.step.Task;
import dev.belay.core.text.NearMiss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks up the hosts to which tasks are delegated. Pure. */
final class DelegatedTasks {

  private DelegatedTasks() {}

  /**
   * Returns the plays with the other host in the name of each task that is delegated, as people are
   * shown it and choose it; a task that a host delegates to itself is one like any other.
   */
  static List<PlayHosts> named(List<PlayHosts> plays) {
    return plays.stream().map(DelegatedTasks::named).toList();
  }

  private static PlayHosts named(PlayHosts play) {
    Map<Host, List<PlayTask>> hosts = new LinkedHashMap<>();
    play.hosts()
        .forEach(
            (host, tasks) ->
                hosts.put(host, tasks.stream().map(task -> named(host.name(), task)).toList()));
    return new PlayHosts(play.play(), hosts);
  }

  private static PlayTask named(String host, PlayTask where) {
    Task task = where.task();
    if (!(task.options().place() instanceof Place.On on)) {
      return where;
    }
    return new PlayTask(
        where.play(),
        on.host().equals(host)
            ? task.placed(Place.EACH)
            : task.named(task.name() + suffix(on)).task());
  }

  /** Returns the name of a task as its author wrote it. */
  static String written(Task task) {
    return task.options().place() instanceof Place.On on && task.name().endsWith(suffix(on))
        ? task.name().substring(0, task.name().length() - suffix(on).length())
        : task.name();
  }

  private static String suffix(Place.On on) {
    return " (on " + on.host() + ")";
  }

  /**
   * Returns the same plays.
   *
   * @throws RunRefusedException when the inventory lacks a host to which a task is delegated
   */
  static List<PlayHosts> known(List<PlayHosts> plays, Inventory inventory) {
    List<String> known = inventory.hosts().stream().map(Host::name).toList();
    plays.stream()
        .flatMap(play -> play.tasks().stream())
        .forEach(where -> requireKnown(where.task(), known));
    return plays;
  }

  private static void requireKnown(Task task, List<String> known) {
    if (task.options().place() instanceof Place.On on && !known.contains(on.host())) {
      throw new RunRefusedException(
          Optional.of("a task is delegated to a host that is not there"),
          "task \""
              + written(task)
              + "\" ("
              + task.source()
              + ") is delegated to \""
              + on.host()
              + "\""
              + NearMiss.question(on.host(), known),
          "name a host of the inventory; it needs no play of its own");
    }
  }
}
