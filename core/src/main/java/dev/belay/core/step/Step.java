package dev.belay.core.step;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import java.util.List;
import java.util.Optional;

/**
 * One desired state of a host. An immutable record: it names the facts it needs and turns them into
 * changes; it never does I/O, so check mode has nothing to write with.
 */
public interface Step extends PlayItem {

  /** Returns a short name such as {@code file[/etc/motd]}. */
  String label();

  /** Returns the facts that {@link #plan} needs, all asked in one round trip. */
  List<Fact<?>> reads();

  /**
   * Returns facts that are needed only because of the answers so far; they cost a further round
   * trip. Asked again until nothing new is named.
   */
  default List<Fact<?>> followUps(Facts facts) {
    return List.of();
  }

  /**
   * Returns what has to change; nothing when the state is already there. Pure.
   *
   * @throws StepRefusedException when the state cannot or must not be reached from here
   */
  List<? extends Change> plan(Facts facts);

  /**
   * Returns the most that the step could do, asked when {@link #plan} cannot be known yet: whatever
   * these changes alter, later tasks cannot rely on. What the step reads they cannot rely on in any
   * case, so a step that alters no more than that returns nothing. Pure.
   */
  default List<? extends Change> atMost(Facts facts) {
    return List.of();
  }

  /** Returns sentences that a careful colleague would say about this step on this host. Pure. */
  default List<String> warnings(Facts facts) {
    return List.of();
  }

  /** Returns sentences that a careful colleague would say without having seen a host. Pure. */
  default List<String> lint() {
    return List.of();
  }

  /** Returns what the step has found out on this host, for people and programs to read. Pure. */
  default List<Finding> findings(Facts facts) {
    return List.of();
  }

  /**
   * Returns the condition that must hold once the planned changes are made, or else the whole run
   * on this host is undone. Asked only when there are changes. Pure.
   *
   * @param facts what was known before the changes
   */
  default Optional<Health> health(Facts facts) {
    return Optional.empty();
  }

  @Override
  default Task task() {
    return Task.of(this);
  }
}
