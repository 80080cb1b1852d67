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
   * Returns the plays with the other host in the name of each task that is delegated; a task that a
   * host delegates to itself is one like any other.
   *
   * @throws RunRefusedException when the inventory has no such host
   */
  static List<PlayHosts> decided(List<PlayHosts> plays, Inventory inventory) {
    List<String> known = inventory.hosts().stream().map(Host::name).toList();
    return plays.stream().map(play -> decided(play, known)).toList();
  }

  private static PlayHosts decided(PlayHosts play, List<String> known) {
    Map<Host, List<PlayTask>> hosts = new LinkedHashMap<>();
    play.hosts()
        .forEach(
            (host, tasks) ->
                hosts.put(
                    host, tasks.stream().map(task -> decided(host.name(), task, known)).toList()));
    return new PlayHosts(play.play(), hosts);
  }

  private static PlayTask decided(String host, PlayTask where, List<String> known) {
    Task task = where.task();
    if (!(task.options().place() instanceof Place.On on)) {
      return where;
    }
    if (!known.contains(on.host())) {
      throw new RunRefusedException(
          Optional.of("a task is delegated to a host that is not there"),
          "task \""
              + task.name()
              + "\" ("
              + task.source()
              + ") is delegated to \""
              + on.host()
              + "\""
              + NearMiss.question(on.host(), known),
          "name a host of the inventory; it needs no play of its own");
    }
    return new PlayTask(
        where.play(),
        on.host().equals(host)
            ? task.placed(Place.EACH)
            : task.named(task.name() + " (on " + on.host() + ")").task());
  }
}
