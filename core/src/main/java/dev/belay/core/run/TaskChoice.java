package dev.belay.core.run;

import dev.belay.core.step.Task;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which tasks of a playbook are run.
 *
 * @param tags only tasks with one of these tags; empty for all
 * @param skipTags no task with one of these tags
 * @param startAt name of the task before which all are left out, with {@code *} and {@code ?} for
 *     any characters; empty for the first
 * @param leftOut tasks that are left out besides
 */
public record TaskChoice(
    Set<String> tags, Set<String> skipTags, Optional<String> startAt, Set<TaskKey> leftOut) {

  private static final String ALWAYS = "always";

  /** Copies the sets. */
  public TaskChoice {
    tags = Set.copyOf(tags);
    skipTags = Set.copyOf(skipTags);
    leftOut = Set.copyOf(leftOut);
  }

  /** Returns a choice by tags alone. */
  public static TaskChoice tagged(Set<String> tags, Set<String> skipTags) {
    return new TaskChoice(tags, skipTags, Optional.empty(), Set.of());
  }

  /** Returns the choice that begins with the task of this name. */
  public TaskChoice startingAt(Optional<String> name) {
    return new TaskChoice(tags, skipTags, name, leftOut);
  }

  /** Returns the choice without these tasks. */
  public TaskChoice without(Set<TaskKey> tasks) {
    return new TaskChoice(tags, skipTags, startAt, tasks);
  }

  /** Tells whether a task is run, if it does not stand before the first. */
  boolean takes(PlayTask task) {
    Set<String> own = task.task().tags();
    boolean chosen = tags.isEmpty() || own.contains(ALWAYS) || meets(own, tags);
    return chosen && !meets(own, skipTags) && !leftOut.contains(TaskKey.of(task));
  }

  /** Tells whether the first task is this one, by its name as it is shown or as it was written. */
  boolean startsAt(Task task) {
    return startsAt(task.name()) || startsAt(DelegatedTasks.written(task));
  }

  private boolean startsAt(String task) {
    String name = startAt.orElseThrow();
    StringBuilder glob = new StringBuilder("(?s)");
    for (char c : name.toCharArray()) {
      glob.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return task.equals(name) || Pattern.matches(glob.toString(), task);
  }

  private static boolean meets(Set<String> some, Set<String> others) {
    return some.stream().anyMatch(others::contains);
  }
}
