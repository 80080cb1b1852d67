package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.HostPattern;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which hosts and tasks a run is about; made without connecting to anything.
 *
 * @param plays in order
 * @param delegates names of the hosts to which tasks are delegated
 */
public record RunOutline(List<PlayLine> plays, Set<String> delegates) {

  /** Copies list and set. */
  public RunOutline {
    plays = List.copyOf(plays);
    delegates = Set.copyOf(delegates);
  }

  /**
   * A play.
   *
   * @param name its name
   * @param pattern which hosts it is for
   * @param hosts names of the hosts that are left of them
   * @param tasks tasks that are run, those of single hosts included
   */
  public record PlayLine(String name, String pattern, List<String> hosts, List<TaskLine> tasks) {}

  /**
   * A task.
   *
   * @param key what tells it from others
   * @param tags its tags
   * @param hosts names of the hosts that have it
   */
  public record TaskLine(TaskKey key, SortedSet<String> tags, List<String> hosts) {}

  /**
   * Returns the outline of a run.
   *
   * @param limit keeps only hosts that match it as well
   * @throws RunRefusedException when the run could not begin
   */
  public static RunOutline of(
      Playbook playbook, Inventory inventory, Optional<HostPattern> limit, TaskChoice choice) {
    List<PlayHosts> plays = PlayHosts.of(playbook, inventory, limit, choice);
    return new RunOutline(
        plays.stream().map(RunOutline::line).toList(), HostOrder.delegates(plays));
  }

  private static PlayLine line(PlayHosts play) {
    Map<TaskKey, List<String>> hosts = new LinkedHashMap<>();
    Map<TaskKey, SortedSet<String>> tags = new LinkedHashMap<>();
    for (Map.Entry<Host, List<PlayTask>> each : play.hosts().entrySet()) {
      for (PlayTask task : each.getValue()) {
        if (task.task().options().place() instanceof Place.Once once && !once.here()) {
          continue; // it is another host that has it
        }
        TaskKey key = TaskKey.of(task);
        hosts.computeIfAbsent(key, unused -> new ArrayList<>()).add(each.getKey().name());
        tags.put(key, new TreeSet<>(task.task().tags()));
      }
    }
    return new PlayLine(
        play.play().name(),
        play.play().pattern(),
        play.hosts().keySet().stream().map(Host::name).toList(),
        hosts.entrySet().stream()
            .map(
                each ->
                    new TaskLine(
                        each.getKey(),
                        tags.get(each.getKey()),
                        each.getValue().stream().distinct().toList()))
            .toList());
  }
}
