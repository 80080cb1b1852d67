package dev.belay.core.playbook;

import dev.belay.core.step.HealthCondition;
import dev.belay.core.step.PlayPart;
import dev.belay.core.step.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tasks for the hosts that match a pattern.
 *
 * @param name what people see
 * @param pattern which hosts of the inventory, in Ansible's pattern syntax
 * @param root whether the tasks run as root through sudo
 * @param tasks in the order in which they run
 * @param serial how many hosts are worked on before the next are begun; 0 where nobody said
 * @param gate what must hold on the play's other hosts before a host is begun, and on itself after
 */
public record Play(
    String name,
    String pattern,
    boolean root,
    List<Task> tasks,
    int serial,
    List<HealthCondition> gate) {

  /** Copies the lists; a gate without a word about batches takes the hosts one by one. */
  public Play {
    tasks = List.copyOf(tasks);
    gate = List.copyOf(gate);
    if (name.isBlank() || pattern.isBlank()) {
      throw new IllegalArgumentException("a play needs a name and a host pattern");
    }
    if (serial < 0) {
      throw new IllegalArgumentException("a batch has at least one host, got " + serial);
    }
    serial = serial == 0 && !gate.isEmpty() ? 1 : serial;
  }

  /** Returns a play for all hosts, without tasks yet. */
  public static Play of(String name) {
    return new Play(name, "all", false, List.of(), 0, List.of());
  }

  /** Returns the play for the hosts that match {@code newPattern}. */
  public Play on(String newPattern) {
    return new Play(name, newPattern, root, tasks, serial, gate);
  }

  /** Returns the play with its tasks run as root through sudo. */
  public Play become() {
    return new Play(name, pattern, true, tasks, serial, gate);
  }

  /** Returns the play with these tasks after those it has. */
  public Play tasks(PlayPart... parts) {
    return new Play(
        name,
        pattern,
        root,
        Stream.concat(tasks.stream(), Stream.of(parts).flatMap(part -> part.tasks().stream()))
            .toList(),
        serial,
        gate);
  }

  /**
   * Returns the play with its hosts taken some at a time. The first batch with a host that fails,
   * is undone or is lost is the last one.
   *
   * <p>A host goes through all plays of a playbook before the next is begun, so the smallest batch
   * of all plays counts for the whole playbook. Check mode, which changes nothing, takes all hosts
   * at once.
   *
   * @param batch how many hosts, at least 1
   */
  public Play serial(int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("a batch has at least one host, got " + batch);
    }
    return new Play(name, pattern, root, tasks, batch, gate);
  }

  /**
   * Returns the play with a gate: apply begins a host only while these conditions, and those given
   * before, hold on all other hosts of the play; and it goes on only when they hold afterwards on
   * the host itself, where it changed something, else that host's run is undone and the later hosts
   * are left alone. Without {@link #serial} hosts are taken one at a time.
   *
   * <p>The other hosts are asked also where a limit leaves them out of the run. Nothing is noted
   * before a condition of a gate is asked: it tells only how a host is by now.
   */
  public Play whileHealthy(HealthCondition... conditions) {
    List<HealthCondition> all = new ArrayList<>(gate);
    all.addAll(List.of(conditions));
    return new Play(name, pattern, root, tasks, serial, all);
  }
}
