package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.plan.PlanItem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a check has predicted, host by host, that an apply is held to.
 *
 * @param hosts what is planned, by the host's name, in order; what an earlier run owes comes first
 */
public record RunPlan(Map<String, List<PlanItem>> hosts) {

  /** Copies the map. */
  public RunPlan {
    hosts = Map.copyOf(hosts);
  }

  /**
   * Sees that hosts and numbers of tasks are the same, which needs no host: that each task would do
   * the same is seen on the hosts.
   *
   * @throws RunRefusedException when they are not
   */
  void requireSameTasks(Map<Host, List<HostTasks.Leg>> legs) {
    Map<String, Long> now = new TreeMap<>();
    legs.forEach(
        (host, own) ->
            now.put(host.name(), own.stream().mapToLong(leg -> leg.tasks().size()).sum()));
    Map<String, Long> then = new TreeMap<>();
    hosts.forEach(
        (host, items) ->
            then.put(host, items.stream().filter(item -> !item.play().isEmpty()).count()));
    if (!now.equals(then)) {
      throw new RunRefusedException(
          "the plan is for " + words(then) + ", but playbook and inventory now mean " + words(now),
          "make a new plan: belay check --out");
    }
  }

  private static String words(Map<String, Long> tasks) {
    return tasks.entrySet().stream()
        .map(host -> host.getKey() + " (" + host.getValue() + " tasks)")
        .collect(Collectors.joining(", "));
  }
}
