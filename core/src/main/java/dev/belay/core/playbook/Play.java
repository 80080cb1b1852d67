package dev.belay.core.playbook;

import dev.belay.core.remote.KnownSecrets;
import dev.belay.core.step.HealthCondition;
import dev.belay.core.step.PlayPart;
import dev.belay.core.step.SourceLine;
import dev.belay.core.step.Step;
import dev.belay.core.step.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
 * @param varTasks tasks that are made for each host from its variables, between the fixed ones
 */
public record Play(
    String name,
    String pattern,
    boolean root,
    List<Task> tasks,
    int serial,
    List<HealthCondition> gate,
    List<VarTasks<?>> varTasks) {

  /** Copies the lists; a gate without a word about batches takes the hosts one by one. */
  public Play {
    tasks = List.copyOf(tasks);
    gate = List.copyOf(gate);
    varTasks = List.copyOf(varTasks);
    name = KnownSecrets.masked(name);
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
    return new Play(name, "all", false, List.of(), 0, List.of(), List.of());
  }

  /** Returns the play for the hosts that match {@code newPattern}. */
  public Play on(String newPattern) {
    return new Play(name, newPattern, root, tasks, serial, gate, varTasks);
  }

  /** Returns the play with its tasks run as root through sudo. */
  public Play become() {
    return new Play(name, pattern, true, tasks, serial, gate, varTasks);
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
        gate,
        varTasks);
  }

  /**
   * Returns the play with tasks after those it has that are made for each host from its variables.
   *
   * <p>The record's components name the variables: {@code appPort} is {@code app_port}, and an int
   * has to be a whole number. One that is missing or of another kind is told for all hosts, with
   * file and line, before any host is reached.
   *
   * @param type a record of String, boolean, int, long, double, enums, RemotePath, Secret, Object,
   *     List, Map, Optional and further records
   * @param make makes the parts for one host; pure, since it is called more than once
   */
  public <V extends Record> Play with(Class<V> type, Function<V, List<? extends PlayPart>> make) {
    List<VarTasks<?>> more = new ArrayList<>(varTasks);
    more.add(new VarTasks<>(tasks.size(), type, make, SourceLine.ofCaller()));
    return new Play(name, pattern, root, tasks, serial, gate, more);
  }

  /** A bare step becomes a task here and now, far from where its author wrote it. */
  private static List<Task> tasks(PlayPart part, String source) {
    return part instanceof Step
        ? part.tasks().stream().map(task -> task.at(source)).toList()
        : part.tasks();
  }

  /**
   * Returns the play as it is for one host: with fixed tasks only.
   *
   * @param vars the host's variables
   * @throws VarsRefusedException when one that is needed is missing or of another kind
   */
  public Play made(Map<String, Object> vars) {
    if (varTasks.isEmpty()) {
      return this;
    }
    List<Task> all = new ArrayList<>();
    int done = 0;
    for (VarTasks<?> some : varTasks) {
      all.addAll(tasks.subList(done, some.after()));
      done = some.after();
      some.parts(vars).forEach(part -> all.addAll(tasks(part, some.source())));
    }
    all.addAll(tasks.subList(done, tasks.size()));
    return new Play(name, pattern, root, all, serial, gate, List.of());
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
    return new Play(name, pattern, root, tasks, batch, gate, varTasks);
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
    return new Play(name, pattern, root, tasks, serial, all, varTasks);
  }
}
