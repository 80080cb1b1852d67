package dev.belay.core.run;

import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.journal.DebtsFact;
import dev.belay.core.journal.Journal;
import dev.belay.core.journal.ToolsFact;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.Handler;
import dev.belay.core.step.StepRefusedException;
import dev.belay.core.step.Task;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Shell;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the tasks of one host, run as one user, from questions to the confirmed end. Check and
 * apply share all of it but the performing.
 */
final class HostRun {

  private final HostStory story;
  private final Shell shell;
  private final Ledger ledger;
  private final Handlers handlers = new Handlers();
  private Questions questions = new Questions();

  HostRun(HostStory story, Shell shell, Ledger ledger) {
    this.story = story;
    this.shell = shell;
    this.ledger = ledger;
  }

  /** Predicts; writes nothing. Returns whether apply could go on after these tasks. */
  boolean check(List<PlayTask> tasks) {
    Facts facts = read(tasks);
    facts.get(new DebtsFact()).keySet().forEach(this::tellDebt);
    return new Prediction(story).tell(tasks, Planner.plan(steps(tasks), facts), facts);
  }

  /** Makes the changes. Returns whether all went well. */
  boolean apply(List<PlayTask> tasks) {
    Facts facts = read(tasks);
    Map<String, String> debts = facts.get(new DebtsFact());
    if (!debts.isEmpty()) {
      if (!pay(debts, tasks, facts)) {
        return false;
      }
      facts = questions.settle(shell, steps(tasks));
    }
    return perform(tasks, facts) && confirm(tasks);
  }

  private Facts read(List<PlayTask> tasks) {
    Batch batch = new Batch();
    Set<Fact<?>> all = new LinkedHashSet<>();
    all.add(new ToolsFact());
    all.addAll(Planner.questions(steps(tasks)));
    all.add(new DebtsFact());
    questions.addTo(batch, all, false);
    batch.send(shell);
    questions.answers().get(new ToolsFact());
    return questions.settle(shell, steps(tasks));
  }

  /** Performs stretch after stretch; each ends where only the host can say how to go on. */
  private boolean perform(List<PlayTask> tasks, Facts facts) {
    List<PlayTask> todo = tasks;
    Facts now = facts;
    while (!todo.isEmpty()) {
      List<PlannedTask> plan = Planner.plan(steps(todo), now);
      int end = Stretch.end(plan);
      if (end == 0) {
        tellStuck(todo, plan);
        return false;
      }
      if (handlerRefuses(plan)) {
        return false;
      }
      Performance stretch = new Performance(story, ledger, handlers);
      List<PlannedTask> part = plan.subList(0, end);
      add(stretch, todo, part);
      todo = todo.subList(end, todo.size());
      boolean handlersToo = todo.isEmpty() && part.stream().allMatch(PlannedTask::predictable);
      Facts after = part.get(end - 1).after();
      if (handlersToo && !addHandlers(stretch, after) || !send(stretch)) {
        return false;
      }
      if (todo.isEmpty() && !handlersToo) {
        return handlersAlone();
      }
      now = todo.isEmpty() ? after : questions.settle(shell, steps(todo));
    }
    return true;
  }

  /** A handler that is certain to run and certain to fail: then nothing more is written. */
  private boolean handlerRefuses(List<PlannedTask> plan) {
    Facts end = plan.get(plan.size() - 1).after();
    for (Map.Entry<Handler, String> notice : Notices.of(plan).entrySet()) {
      try {
        if (notice.getValue().isEmpty()) {
          Planner.plan(notice.getKey(), end);
        }
      } catch (UnknownFactException later) {
        continue; // it is planned once its turn comes
      } catch (FailedFactException | StepRefusedException failed) {
        story.failed("handler " + notice.getKey().name(), Problems.of(failed, state()), false);
        closeFailed();
        return true;
      }
    }
    return false;
  }

  private boolean handlersAlone() {
    Performance stretch = new Performance(story, ledger, handlers);
    return addHandlers(stretch, questions.answers()) && send(stretch);
  }

  private void add(Performance stretch, List<PlayTask> tasks, List<PlannedTask> part) {
    if (part.stream().anyMatch(planned -> !planned.changes().isEmpty())) {
      stretch.open();
    }
    for (int i = 0; i < part.size(); i++) {
      stretch.add(tasks.get(i), part.get(i));
    }
  }

  private boolean addHandlers(Performance stretch, Facts facts) {
    for (Handler handler : handlers.notified()) {
      try {
        stretch.add(handler, Planner.plan(handler, facts));
      } catch (UnknownFactException | FailedFactException | StepRefusedException failed) {
        story.failed("handler " + handler.name(), Problems.of(failed, state()), false);
        closeFailed();
        return false;
      }
    }
    return true;
  }

  /** Sends a stretch with all questions once more behind it; false when something failed. */
  private boolean send(Performance stretch) {
    exchange(stretch);
    stretch.failure().ifPresent(this::failed);
    return stretch.failure().isEmpty();
  }

  private void exchange(Performance stretch) {
    if (!stretch.batch().isEmpty()) {
      Questions again = new Questions();
      again.addTo(stretch.batch(), questions.asked(), true);
      stretch.send(shell);
      questions = again;
    } else {
      stretch.send(shell);
    }
  }

  /** After all is done the plan must be empty, or the run does not settle. */
  private boolean confirm(List<PlayTask> tasks) {
    if (!ledger.opened()) {
      return true;
    }
    Facts facts = questions.settle(shell, steps(tasks));
    List<PlannedTask> plan = Planner.plan(steps(tasks), facts);
    boolean settled = true;
    for (int i = 0; i < plan.size(); i++) {
      if (!Stretch.settled(plan.get(i))) {
        settled = false;
        Problem problem = Stretch.unsettled(plan.get(i), ledger.state(story.host()));
        story.failed(tasks.get(i), problem, List.of(), false);
      }
    }
    return close(settled ? Journal.APPLIED : Journal.FAILED) && settled;
  }

  private boolean pay(Map<String, String> debts, List<PlayTask> tasks, Facts facts) {
    Performance stretch = new Performance(story, ledger, handlers);
    DebtPayment payment = new DebtPayment(story, tasks, facts);
    stretch.open();
    payment.addTo(stretch, handlers, debts);
    Set<Fact<?>> asked = questions.asked();
    exchange(stretch);
    if (stretch.failure().isEmpty()) {
      return true;
    }
    if (!ledger.opened()) {
      failed(stretch.failure().get());
      return false;
    }
    payment.tellUnpaid(stretch.failure().get());
    return askAgain(asked);
  }

  /** What follows a failure in a list is skipped, the questions too. */
  private boolean askAgain(Set<Fact<?>> asked) {
    Batch batch = new Batch();
    questions = new Questions();
    questions.addTo(batch, asked, false);
    batch.send(shell);
    return true;
  }

  private void tellDebt(String name) {
    story.handler(
        name,
        RunEvent.Status.WOULD_CHANGE,
        List.of(),
        Debt.isHealth(name)
            ? "it is not known since an earlier run was cut off; apply looks at it"
            : "it is owed since an earlier run failed; apply runs it first",
        java.time.Duration.ZERO);
  }

  private void tellStuck(List<PlayTask> todo, List<PlannedTask> plan) {
    for (int i = 0; i < plan.size(); i++) {
      Outcome outcome = plan.get(i).outcome();
      if (outcome instanceof Outcome.Fails fails) {
        Problem p = fails.problem();
        Problem told = new Problem(p.wanted(), p.got(), state(), p.advice());
        story.failed(todo.get(i), told, List.of(), false);
      } else if (i == 0 && outcome instanceof Outcome.MayChange may) {
        Problem told =
            new Problem(
                plan.get(i).task().step().label(),
                "still unknown when its turn came: " + may.reason(),
                state(),
                "look at the host, mend what hides it, and run again");
        story.failed(todo.get(i), told, List.of(), false);
        break;
      }
    }
    closeFailed();
  }

  private void failed(Failure failure) {
    if (failure.health().isPresent()) {
      new HealthRollback(story, shell, ledger).run(failure);
      return;
    }
    boolean refused = Problems.refused(failure.reply()) && ledger.made() == 0;
    if (failure.where().isPresent()) {
      story.failed(failure.where().get(), problem(failure), List.of(), refused);
    } else {
      story.failed(failure.name(), problem(failure), refused);
    }
    closeFailed();
  }

  private Problem problem(Failure failure) {
    Reply reply = failure.reply();
    return failure
        .change()
        .map(
            change ->
                Problems.ofChange(
                    change.summary(), reply, ledger.stateAfter(story.host(), change, reply)))
        .orElseGet(() -> Problems.ofOpening(reply, state()));
  }

  private String state() {
    return ledger.state(story.host());
  }

  private void closeFailed() {
    for (String name : handlers.owed()) {
      story.warn(
          name,
          Debt.isHealth(name)
              ? "it is not known; the next apply on this host looks at it"
              : "this handler was notified and has not run; the next apply on this host runs it");
    }
    close(Journal.FAILED);
  }

  /** Ends the journal; false when the host could not write that down. */
  private boolean close(String state) {
    List<Reply> bad = new ArrayList<>();
    Batch batch = new Batch();
    ledger.close(
        batch,
        state,
        reply -> {
          if (!reply.ok()) {
            bad.add(reply);
          }
        });
    batch.send(shell);
    bad.forEach(reply -> story.failed("journal", Problems.ofClosing(reply, state()), false));
    return bad.isEmpty();
  }

  private static List<Task> steps(List<PlayTask> tasks) {
    return tasks.stream().map(PlayTask::task).toList();
  }
}
