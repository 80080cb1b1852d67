package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.step.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides on which host a task runs that runs once: the first of its play in the order in which the
 * hosts of the run are begun, so that nobody waits for a host that is begun later. Pure.
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
    if (plays.stream().flatMap(play -> play.tasks().stream()).noneMatch(OnceTasks::once)) {
      return plays;
    }
    OnceTasks decision = new OnceTasks(order(plays, inventory));
    return plays.stream().map(decision::decided).toList();
  }

  /**
   * Returns the hosts in the order in which they are begun. Where something runs once that is the
   * order of the inventory, unless a play takes its hosts in batches, whose order is that of the
   * plays.
   */
  static List<Host> order(List<PlayHosts> plays, Inventory inventory) {
    Set<Host> hosts = new LinkedHashSet<>();
    plays.forEach(play -> hosts.addAll(play.hosts().keySet()));
    boolean sorted =
        plays.stream().map(PlayHosts::play).mapToInt(Play::serial).noneMatch(size -> size > 0)
            && plays.stream().flatMap(play -> play.tasks().stream()).anyMatch(OnceTasks::once);
    return sorted
        ? inventory.hosts().stream().filter(hosts::contains).toList()
        : List.copyOf(hosts);
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
      if (!once(task)) {
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

  private static boolean once(PlayTask task) {
    return task.task().options().place() instanceof Place.Once;
  }
}
