package dev.belay.core.run;

import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.Block;
import dev.belay.core.step.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is still done on one host behind a task that failed inside a block: its rescue, and what
 * always stands at its end. Not thread-safe.
 */
final class Catches {

  private final HostStory story;
  private final HostEnd end;
  private final List<Task> begun = new ArrayList<>();
  private final List<Task> failed = new ArrayList<>();
  private List<PlayTask> todo = List.of();
  private Optional<List<PlayTask>> next = Optional.empty();
  private boolean ending;

  Catches(HostStory story, HostEnd end) {
    this.story = story;
    this.end = end;
  }

  /** Tells whether the host's run has failed and only does what always stands at a block's end. */
  boolean ending() {
    return ending;
  }

  /** Tells whether a failure was caught of which nobody has taken the consequence yet. */
  boolean isCaught() {
    return next.isPresent();
  }

  /** Returns what is to be done in place of the rest, once, where a failure was caught. */
  Optional<List<PlayTask>> taken() {
    Optional<List<PlayTask>> taken = next;
    next = Optional.empty();
    return taken;
  }

  /** Notes that the first part of a plan is sent to the host. */
  void sending(List<PlayTask> tasks, List<PlannedTask> part) {
    todo = tasks;
    part.stream()
        .filter(planned -> !planned.changes().isEmpty())
        .forEach(planned -> begun.add(planned.task()));
    rescued(part).forEach(failed::add);
  }

  /** Notes that a task is begun on another host, so that its block has something to clear away. */
  void begins(Task task) {
    begun.add(task);
  }

  /** Returns what is to be done behind a part of a plan that was performed. */
  static List<PlayTask> behind(List<PlannedTask> part, List<PlayTask> rest) {
    List<PlayTask> now = rest;
    for (Task task : rescued(part)) {
      now = rescuing(task, now);
    }
    return now;
  }

  /** Tells of a change that failed on the host, if a block has something to do for that case. */
  boolean caught(Failure failure) {
    if (failure.where().isEmpty() || !HostEnd.isOfTask(failure)) {
      return false;
    }
    PlayTask where = failure.where().get();
    List<PlayTask> rest = behind(where);
    Problem problem = end.problem(failure);
    return caught(where, rest, problem, () -> story.failed(where, problem, List.of(), false));
  }

  /** The same task may stand in a block twice, so equal is not enough. */
  @SuppressWarnings("ReferenceEquality")
  private List<PlayTask> behind(PlayTask where) {
    int at = 0;
    while (todo.get(at) != where) {
      at++;
    }
    return todo.subList(at + 1, todo.size());
  }

  /** Tells why a plan leads no further, if a block has something to do for that case. */
  void caughtStuck(List<PlayTask> tasks, List<PlannedTask> plan) {
    boolean unknown = plan.get(0).outcome() instanceof Outcome.MayChange;
    int at = unknown ? 0 : plan.size() - 1;
    String got =
        plan.get(at).outcome() instanceof Outcome.MayChange may
            ? "still unknown when its turn came: " + may.reason()
            : "";
    List<PlayTask> rest = tasks.subList(at + 1, tasks.size());
    caught(tasks.get(at), rest, new Problem("", got, "", ""), () -> end.tellStuck(tasks, plan));
  }

  /** Tells of a task that failed on another host, if a block has something to do for that case. */
  boolean caughtElsewhere(PlayTask where, List<PlayTask> rest, Elsewhere.Done done) {
    return caught(
        where, rest, done.failed().get(0).problem(), () -> done.failed().forEach(story::tell));
  }

  private boolean caught(
      PlayTask where, List<PlayTask> rest, Problem problem, Runnable tellFailed) {
    Task task = where.task();
    if (ending || task.block().isEmpty()) {
      return false;
    }
    if (task.isRescuedBy(rest.stream().map(PlayTask::task).toList())) {
      failed.add(task);
      story.rescued(where, problem);
      next = Optional.of(rescuing(task, rest));
      return true;
    }
    List<PlayTask> always = always(task, rest);
    if (!always.isEmpty()) {
      failed.add(task);
      tellFailed.run();
      next = Optional.of(always);
      ending = true;
    }
    return ending;
  }

  /** A block of which nothing was begun has nothing to clear away. */
  private List<PlayTask> always(Task task, List<PlayTask> rest) {
    if (task.hasRole(Block.Role.ALWAYS) || begun.stream().noneMatch(task::sharesBlock)) {
      return List.of();
    }
    return rest.stream()
        .filter(each -> each.task().sharesBlock(task))
        .filter(each -> each.task().hasRole(Block.Role.ALWAYS))
        .toList();
  }

  /** Leaves out blocks that have failed: of their tasks some were not done, some undo others. */
  List<PlayTask> kept(List<PlayTask> tasks) {
    return tasks.stream()
        .filter(each -> failed.stream().noneMatch(each.task()::sharesBlock))
        .toList();
  }

  private static List<Task> rescued(List<PlannedTask> part) {
    return part.stream()
        .filter(planned -> planned.outcome() instanceof Outcome.Rescued)
        .map(PlannedTask::task)
        .toList();
  }

  private static List<PlayTask> rescuing(Task task, List<PlayTask> rest) {
    return rest.stream()
        .map(each -> new PlayTask(each.play(), each.task().afterFailureOf(task)))
        .toList();
  }
}
