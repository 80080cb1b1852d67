package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.step.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides on which host a task runs that runs once: the first of its play in the order of the run.
 * Pure.
 */
final class OnceTasks {

  private int turns;
  private final List<Host> order;

  private OnceTasks(List<Host> order) {
    this.order = order;
  }

  /**
   * One of several tasks that look the same.
   *
   * @param key what tells the task from others
   * @param number how many of the same key come before it on its host
   */
  private record Spot(TaskKey key, int number) {}

  /** Returns the plays with each task that runs once given to a host. */
  static List<PlayHosts> decided(List<PlayHosts> plays, Inventory inventory) {
    if (plays.stream().flatMap(play -> play.tasks().stream()).noneMatch(OnceTasks::isOne)) {
      return plays;
    }
    OnceTasks decision = new OnceTasks(HostOrder.plain(plays, inventory));
    return plays.stream().map(decision::decided).toList();
  }

  private PlayHosts decided(PlayHosts play) {
    Map<Spot, Place.Once> places = new HashMap<>();
    Map<Host, List<PlayTask>> inOrder = new HashMap<>();
    order.stream()
        .filter(play.hosts()::containsKey)
        .forEach(host -> inOrder.put(host, decided(host, play.hosts().get(host), places)));
    Map<Host, List<PlayTask>> hosts = new LinkedHashMap<>();
    play.hosts().keySet().forEach(host -> hosts.put(host, inOrder.get(host)));
    return new PlayHosts(play.play(), hosts);
  }

  private List<PlayTask> decided(Host host, List<PlayTask> tasks, Map<Spot, Place.Once> places) {
    Map<TaskKey, Integer> seen = new HashMap<>();
    List<PlayTask> decided = new ArrayList<>();
    for (PlayTask task : tasks) {
      if (!isOne(task)) {
        decided.add(task);
        continue;
      }
      TaskKey key = TaskKey.of(task);
      Spot spot = new Spot(key, seen.merge(key, 1, Integer::sum));
      Place.Once first =
          Optional.ofNullable(places.get(spot)).orElseGet(() -> taken(host, spot, places));
      boolean here = first.host().equals(host.name());
      Place own = new Place.Once(first.host(), first.turn(), here);
      decided.add(new PlayTask(task.play(), task.task().placed(own)));
    }
    return decided;
  }

  private Place.Once taken(Host host, Spot spot, Map<Spot, Place.Once> places) {
    Place.Once once = new Place.Once(host.name(), ++turns, true);
    places.put(spot, once);
    return once;
  }

  /** Tells whether a task runs once. */
  static boolean isOne(PlayTask task) {
    return task.task().options().place() instanceof Place.Once;
  }
}
