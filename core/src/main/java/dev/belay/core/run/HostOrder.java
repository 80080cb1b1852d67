package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.step.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In which order the hosts of a run are begun. A host waits only for hosts that are begun before
 * it, so that of those at work the first waits for nobody, however few are at work at once. Pure.
 */
final class HostOrder {

  private HostOrder() {}

  /**
   * Returns the hosts of a run in the order in which they are begun; those to which others delegate
   * come first, unless a play takes its hosts in batches.
   *
   * @throws RunRefusedException when a host would wait for one that is begun after it
   */
  static List<Host> of(List<PlayHosts> plays, Inventory inventory) {
    List<Host> plain = plain(plays, inventory);
    Set<String> delegates = serial(plays) ? Set.of() : delegates(plays);
    List<Host> order = new ArrayList<>();
    plain.stream().filter(host -> delegates.contains(host.name())).forEach(order::add);
    plain.stream().filter(host -> !delegates.contains(host.name())).forEach(order::add);
    List<String> names = order.stream().map(Host::name).toList();
    for (PlayHosts play : plays) {
      play.hosts().forEach((host, tasks) -> requireBegun(host.name(), tasks, names));
    }
    return List.copyOf(order);
  }

  /**
   * Returns the hosts in the order of the plays, or in that of the inventory where something runs
   * once and no play takes its hosts in batches.
   */
  static List<Host> plain(List<PlayHosts> plays, Inventory inventory) {
    Set<Host> hosts = new LinkedHashSet<>();
    plays.forEach(play -> hosts.addAll(play.hosts().keySet()));
    boolean once = plays.stream().flatMap(p -> p.tasks().stream()).anyMatch(OnceTasks::isOne);
    return once && !serial(plays)
        ? inventory.hosts().stream().filter(hosts::contains).toList()
        : List.copyOf(hosts);
  }

  private static boolean serial(List<PlayHosts> plays) {
    return plays.stream().anyMatch(play -> play.play().serial() > 0);
  }

  /** Returns the names of the hosts to which tasks are delegated. */
  static Set<String> delegates(List<PlayHosts> plays) {
    return plays.stream()
        .flatMap(play -> play.tasks().stream())
        .map(task -> task.task().options().place())
        .flatMap(place -> place instanceof Place.On on ? Stream.of(on.host()) : Stream.empty())
        .collect(Collectors.toSet());
  }

  private static void requireBegun(String host, List<PlayTask> tasks, List<String> order) {
    for (PlayTask task : tasks) {
      Optional<String> other = task.task().options().elsewhere();
      if (other.isPresent() && order.indexOf(other.get()) > order.indexOf(host)) {
        throw new RunRefusedException(
            Optional.of("hosts would wait for each other"),
            host
                + " would wait at task \""
                + task.task().name()
                + "\" for "
                + other.get()
                + ", which is begun after it or waits itself",
            "give " + other.get() + " its own tasks in another run, or limit this one with -l");
      }
    }
  }
}
