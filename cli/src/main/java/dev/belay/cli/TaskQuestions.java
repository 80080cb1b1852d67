package dev.belay.cli;

import dev.belay.core.run.RunEvent;
import dev.belay.core.run.TaskKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Listens to checks and asks about each task that would do something, once for all hosts, before
 * anything is done: nobody thinks while a host is locked or hangs on a guard. Not thread-safe.
 */
final class TaskQuestions implements Consumer<RunEvent> {

  private final Terminal terminal;
  private final Map<TaskKey, Set<String>> pending = new LinkedHashMap<>();
  private final Set<TaskKey> failing = new LinkedHashSet<>();
  private final Set<TaskKey> answered = new LinkedHashSet<>();
  private final Set<TaskKey> declined = new LinkedHashSet<>();
  private boolean all;
  private boolean brokenOff;

  TaskQuestions(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Makes sure that there is somebody to ask, before anything else is done.
   *
   * @throws ComplaintException when there is not, or the answers could not be kept
   */
  static void requirePossible(Invocation options, Terminal terminal) {
    if (options.has(Flag.JSON) || !terminal.attended()) {
      throw ComplaintException.refused(
          "--step has nobody to ask",
          "somebody at a terminal to answer for each task",
          options.has(Flag.JSON) ? "--json" : "input or output that is a pipe or a file",
          "leave --step out; --tags, --skip-tags and --start-at-task choose tasks, too");
    }
    if (options.out().isPresent()) {
      throw ComplaintException.usage(
          "--step and --out do not go together",
          "a plan that can be made again",
          "answers that no plan keeps",
          "choose tasks by --tags or --start-at-task");
    }
  }

  /** A plan is carried out as it is. */
  static void refuseWithPlan(Invocation options) {
    if (options.has(Flag.STEP)) {
      throw ComplaintException.usage(
          "--step does not go with a plan",
          "exactly what the plan says",
          "--step, which leaves tasks out",
          "leave it out, or apply the playbook itself");
    }
  }

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Started) {
      pending.clear();
      failing.clear();
    } else if (event instanceof RunEvent.TaskEnded ended && !ended.handler()) {
      boolean would =
          ended.status() == RunEvent.Status.WOULD_CHANGE
              || ended.status() == RunEvent.Status.MAY_CHANGE;
      if (would) {
        note(new TaskKey(ended.play(), ended.task(), ended.source()), ended.host());
      }
    } else if (event instanceof RunEvent.Failed failed && !failed.play().isEmpty()) {
      TaskKey task = new TaskKey(failed.play(), failed.task(), failed.source());
      answered.remove(task); // it was agreed to as something that works
      failing.add(task);
      note(task, failed.host());
    }
  }

  private void note(TaskKey task, String host) {
    pending.computeIfAbsent(task, unused -> new TreeSet<>()).add(host);
  }

  /** Asks about what the last check has shown; tells whether another check is needed. */
  boolean ask() {
    int before = declined.size();
    pending.forEach(
        (task, hosts) -> {
          if (!all && !brokenOff && answered.add(task)) {
            ask(task, hosts);
          }
        });
    return !brokenOff && declined.size() > before;
  }

  private void ask(TaskKey task, Set<String> hosts) {
    Optional<String> answer =
        terminal.ask(
            "\nPerform task \""
                + task.task()
                + "\" ("
                + task.source()
                + (failing.contains(task) ? ", would fail" : "")
                + ") on "
                + (hosts.size() > 5 ? hosts.size() + " hosts" : String.join(", ", hosts))
                + "? (N)o/(y)es/(c)ontinue with all: ");
    String word = answer.map(text -> text.strip().toLowerCase(Locale.ROOT)).orElse("");
    brokenOff = answer.isEmpty();
    all = word.equals("c") || word.equals("continue");
    if (!all && !word.equals("y") && !word.equals("yes")) {
      declined.add(task);
    }
  }

  /** Returns the tasks that are not to be done. */
  Set<TaskKey> declined() {
    return Set.copyOf(declined);
  }

  /** Tells whether the input ended before all was answered. */
  boolean brokenOff() {
    return brokenOff;
  }
}
