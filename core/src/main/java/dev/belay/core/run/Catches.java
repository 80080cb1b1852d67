package dev.belay.core.run;

import dev.belay.core.journal.JournalScript;
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
  private List<PlannedTask> sent = List.of();
  private int begunBefore;
  private int failedBefore;
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
    sent = part;
    begunBefore = begun.size();
    failedBefore = failed.size();
    note(part);
  }

  private void note(List<PlannedTask> part) {
    part.stream()
        .filter(planned -> !planned.changes().isEmpty())
        .forEach(planned -> begun.add(planned.task()));
    rescued(part).forEach(failed::add);
  }

  /** Notes that a task is begun on another host, so that its block has something to clear away. */
  void begins(Task task) {
    begun.add(task);
  }

  /** What was sent behind a change that failed was skipped. */
  private void sentOnly(int length) {
    begun.subList(begunBefore, begun.size()).clear();
    failed.subList(failedBefore, failed.size()).clear();
    note(sent.subList(0, length));
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
    boolean drift = failure.reply().exit() == JournalScript.DRIFT;
    if (failure.where().isEmpty() || !HostEnd.isOfTask(failure) && !drift) {
      return false;
    }
    PlayTask where = failure.where().get();
    int at = at(where);
    sentOnly(drift && isFirst(failure, sent.get(at)) ? at : at + 1);
    List<PlayTask> rest = todo.subList(at + 1, todo.size());
    Problem problem = end.problem(failure);
    return caught(where, rest, problem, () -> story.failed(where, problem, List.of(), false));
  }

  private static boolean isFirst(Failure failure, PlannedTask planned) {
    return failure.change().equals(planned.changes().stream().findFirst());
  }

  /** The same task may stand in a block twice, so equal is not enough. */
  @SuppressWarnings("ReferenceEquality")
  private int at(PlayTask where) {
    int at = 0;
    while (todo.get(at) != where) {
      at++;
    }
    return at;
  }

  /**
   * Tells why a plan leads no further, if a block has something to do for that case. What is
   * unknown when its turn comes may be rescued; where a later task is found to fail, only what was
   * begun is brought to its end.
   */
  void caughtStuck(List<PlayTask> tasks, List<PlannedTask> plan) {
    PlayTask first = tasks.get(0);
    if (HostEnd.isUnknown(first, plan.get(0))) {
      String why = ((Outcome.MayChange) plan.get(0).outcome()).reason();
      Problem problem = new Problem("", "still unknown when its turn came: " + why, "", "");
      List<PlayTask> rest = tasks.subList(1, tasks.size());
      caught(first, rest, problem, () -> end.tellStuck(tasks, plan));
      return;
    }
    int at = plan.size() - 1;
    List<PlayTask> own = always(tasks.get(at).task(), tasks.subList(at + 1, tasks.size()));
    List<PlayTask> left = own.isEmpty() ? leftOfBegun(planned(tasks, plan, at), true) : own;
    endWith(
        left,
        () -> {
          tellRescued(tasks, plan, left);
          end.tellStuck(tasks, plan);
        });
  }

  /** Returns a handler that is certain to run and certain to fail: then nothing more is written. */
  Optional<Notices.Refusal> refused(List<PlayTask> tasks, List<PlannedTask> plan) {
    boolean stuck = Stretch.fails(plan) || HostEnd.isUnknown(tasks.get(0), plan.get(0));
    return stuck || ending ? Optional.empty() : Notices.refused(plan);
  }

  /** Tells of a handler that cannot be planned, if a block that was begun has an end to be done. */
  void caughtRefused(List<PlayTask> tasks, List<PlannedTask> plan, Notices.Refusal refusal) {
    endWith(leftOfBegun(planned(tasks, plan, plan.size()), false), () -> end.tell(refusal));
  }

  private void endWith(List<PlayTask> left, Runnable tell) {
    if (!left.isEmpty()) {
      tell.run();
      next = Optional.of(left);
      ending = true;
    }
  }

  /** Returns the first tasks as they are by the plan, behind failures that it knows. */
  private static List<PlayTask> planned(List<PlayTask> tasks, List<PlannedTask> plan, int length) {
    List<PlayTask> planned = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      planned.add(new PlayTask(tasks.get(i).play(), plan.get(i).task()));
    }
    return planned;
  }

  /** Returns what the block in which the host is still has to do, whatever comes behind it. */
  private List<PlayTask> leftOfBegun(List<PlayTask> tasks, boolean rescue) {
    if (ending || tasks.isEmpty() || begun.stream().noneMatch(tasks.get(0).task()::sharesBlock)) {
      return List.of();
    }
    return tasks.stream()
        .filter(each -> each.task().sharesBlock(tasks.get(0).task()))
        .filter(
            each ->
                each.task().hasRole(Block.Role.ALWAYS)
                    || rescue && each.task().hasRole(Block.Role.RESCUE))
        .filter(each -> each.task().block().flatMap(Block::notRun).isEmpty())
        .toList();
  }

  private void tellRescued(List<PlayTask> tasks, List<PlannedTask> plan, List<PlayTask> left) {
    for (int i = 0; i < plan.size(); i++) {
      if (plan.get(i).outcome() instanceof Outcome.Rescued rescued
          && tasks.get(i).task().sharesBlock(left.get(0).task())) {
        story.rescued(tasks.get(i), rescued.problem());
      }
    }
  }

  /** Tells of a task that failed on another host, if a block has something to do for that case. */
  boolean caughtElsewhere(PlayTask where, List<PlayTask> rest, Elsewhere.Done done) {
    return caught(
        where, rest, done.failed().get(0).problem(), () -> done.failed().forEach(story::tell));
  }

  private boolean caught(
      PlayTask where, List<PlayTask> rest, Problem problem, Runnable tellFailed) {
    Task task = where.task();
    if (task.block().isEmpty()) {
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
    return !always.isEmpty();
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
