package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.HostPattern;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Playbook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tasks concern which host. Pure. */
final class HostTasks {

  private HostTasks() {}

  /**
   * Consecutive tasks of one host that run as the same user.
   *
   * @param root whether they run as root
   * @param tasks the tasks
   */
  record Leg(boolean root, List<PlayTask> tasks) {

    /** Returns how long a lost connection is tried again: longer where a guard waits meanwhile. */
    Duration patience(Duration usual) {
      return tasks.stream()
          .flatMap(task -> task.task().guard().stream())
          .map(guard -> usual.isZero() ? usual : guard.within().plus(usual))
          .max(Comparator.naturalOrder())
          .orElse(usual);
    }
  }

  /**
   * Returns the legs of each host that the playbook concerns, in the order in which they are begun.
   *
   * @throws RunRefusedException when a play matches no host, or the limit leaves none
   */
  static Map<Host, List<Leg>> of(
      Playbook playbook, Inventory inventory, Optional<HostPattern> limit, RunSettings settings) {
    Map<Host, List<Leg>> legs = new LinkedHashMap<>();
    List<PlayHosts> plays = PlayHosts.of(playbook, inventory, limit, settings.choice());
    HostOrder.of(plays, inventory).forEach(host -> legs.put(host, new ArrayList<>()));
    for (PlayHosts play : plays) {
      play.hosts().forEach((host, tasks) -> add(legs.get(host), tasks));
    }
    if (legs.isEmpty()) {
      throw new RunRefusedException(
          "the limit " + limit.orElseThrow() + " leaves no host of the playbook",
          "give a limit that names hosts of " + playbook.plays().get(0).pattern());
    }
    return legs;
  }

  /** Returns the hosts of a pattern, at least one. */
  static List<Host> select(HostPattern pattern, Inventory inventory, String who) {
    List<Host> hosts = pattern.select(inventory);
    if (hosts.isEmpty()) {
      String why =
          pattern.unmatched(inventory).stream()
              .map(HostPattern.Unmatched::toString)
              .findFirst()
              .orElse("its terms exclude each other");
      throw new RunRefusedException(
          who + " matches no host: pattern " + pattern + ": " + why,
          "mend the pattern or the inventory; the inventory has: "
              + String.join(", ", inventory.hosts().stream().map(Host::name).limit(10).toList()));
    }
    return hosts;
  }

  private static void add(List<Leg> legs, List<PlayTask> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    boolean root = tasks.get(0).play().root();
    Leg last = legs.isEmpty() ? null : legs.get(legs.size() - 1);
    if (last != null && last.root() == root) {
      List<PlayTask> both = new ArrayList<>(last.tasks());
      both.addAll(tasks);
      legs.set(legs.size() - 1, new Leg(root, both));
    } else {
      legs.add(new Leg(root, tasks));
    }
  }
}
