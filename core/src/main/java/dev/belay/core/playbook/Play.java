package dev.belay.core.playbook;

import dev.belay.core.step.PlayPart;
import dev.belay.core.step.Task;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tasks for the hosts that match a pattern.
 *
 * @param name what people see
 * @param pattern which hosts of the inventory, in Ansible's pattern syntax
 * @param root whether the tasks run as root through sudo
 * @param tasks in the order in which they run
 */
public record Play(String name, String pattern, boolean root, List<Task> tasks) {

  /** Copies the list. */
  public Play {
    tasks = List.copyOf(tasks);
    if (name.isBlank() || pattern.isBlank()) {
      throw new IllegalArgumentException("a play needs a name and a host pattern");
    }
  }

  /** Returns a play for all hosts, without tasks yet. */
  public static Play of(String name) {
    return new Play(name, "all", false, List.of());
  }

  /** Returns the play for the hosts that match {@code newPattern}. */
  public Play on(String newPattern) {
    return new Play(name, newPattern, root, tasks);
  }

  /** Returns the play with its tasks run as root through sudo. */
  public Play become() {
    return new Play(name, pattern, true, tasks);
  }

  /** Returns the play with these tasks after those it has. */
  public Play tasks(PlayPart... parts) {
    return new Play(
        name,
        pattern,
        root,
        Stream.concat(tasks.stream(), Stream.of(parts).flatMap(part -> part.tasks().stream()))
            .toList());
  }
}
