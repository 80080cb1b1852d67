package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.HostPattern;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.HealthCondition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * In which batches the hosts of a playbook are taken, and what its gates ask of whom. Pure.
 *
 * @param batches the hosts of the run, in order
 * @param gates of the plays that have one
 */
record Serial(List<List<Host>> batches, List<Gate> gates) {

  /**
   * The gate of one play.
   *
   * @param hosts all hosts of the play, also those that a limit leaves out
   * @param root whether it is asked as root
   * @param conditions what must hold
   */
  record Gate(List<Host> hosts, boolean root, List<HealthCondition> conditions) {}

  /**
   * What one host is asked.
   *
   * @param host the host
   * @param root whether it is asked as root
   * @param conditions at least one
   */
  record Question(Host host, boolean root, List<HealthCondition> conditions) {}

  /** Returns the batches of a playbook's hosts; empty where no play takes them in batches. */
  static Optional<Serial> of(Playbook playbook, Inventory inventory, Collection<Host> hosts) {
    return playbook.plays().stream()
        .map(Play::serial)
        .filter(size -> size > 0)
        .min(Integer::compare)
        .map(size -> new Serial(batches(List.copyOf(hosts), size), gates(playbook, inventory)));
  }

  private static List<List<Host>> batches(List<Host> hosts, int size) {
    List<List<Host>> batches = new ArrayList<>();
    for (int from = 0; from < hosts.size(); from += size) {
      batches.add(hosts.subList(from, Math.min(hosts.size(), from + size)));
    }
    return List.copyOf(batches);
  }

  private static List<Gate> gates(Playbook playbook, Inventory inventory) {
    return playbook.plays().stream()
        .filter(play -> !play.gate().isEmpty())
        .map(
            play ->
                new Gate(
                    HostPattern.of(play.pattern()).select(inventory), play.root(), play.gate()))
        .toList();
  }

  /** Returns what the other hosts are asked before a batch is begun. */
  List<Question> ofOthers(List<Host> batch) {
    List<Gate> concerned =
        gates.stream().filter(gate -> batch.stream().anyMatch(gate.hosts()::contains)).toList();
    Set<Host> others = new LinkedHashSet<>();
    concerned.forEach(gate -> others.addAll(gate.hosts()));
    batch.forEach(others::remove);
    return questions(others, concerned);
  }

  /** Returns what the hosts of a batch are asked once they are done. */
  List<Question> of(List<Host> batch) {
    return questions(batch, gates);
  }

  private static List<Question> questions(Collection<Host> hosts, List<Gate> gates) {
    return hosts.stream().flatMap(host -> question(host, gates)).toList();
  }

  private static Stream<Question> question(Host host, List<Gate> gates) {
    List<Gate> own = gates.stream().filter(gate -> gate.hosts().contains(host)).toList();
    List<HealthCondition> conditions =
        own.stream().flatMap(gate -> gate.conditions().stream()).distinct().toList();
    return conditions.isEmpty()
        ? Stream.empty()
        : Stream.of(new Question(host, own.stream().anyMatch(Gate::root), conditions));
  }
}
