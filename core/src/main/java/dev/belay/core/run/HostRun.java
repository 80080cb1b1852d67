package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.change.RunKept;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.journal.DebtsFact;
import dev.belay.core.journal.Journal;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.plan.Problem;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Handler;
import dev.belay.core.step.StepRefusedException;
import dev.belay.core.step.Task;
import dev.belay.core.transport.Shell;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Predicts; writes nothing. */
  void check(List<PlayTask> tasks) {
    Facts facts = read(tasks);
    facts.get(new DebtsFact()).keySet().forEach(this::tellDebt);
    new Prediction(story).tell(tasks, Planner.plan(steps(tasks), facts), facts);
  }

  /** Makes the changes. */
  void apply(List<PlayTask> tasks) {
    Facts facts = read(tasks);
    Map<String, String> debts = facts.get(new DebtsFact());
    if (!debts.isEmpty()) {
      if (!pay(debts, tasks, facts)) {
        return;
      }
      facts = questions.settle(shell, steps(tasks));
    }
    if (perform(tasks, facts)) {
      confirm(tasks);
    }
  }

  private Facts read(List<PlayTask> tasks) {
    Batch batch = new Batch();
    Set<Fact<?>> all = new LinkedHashSet<>(Planner.questions(steps(tasks)));
    all.add(new DebtsFact());
    questions.addTo(batch, all, false);
    batch.send(shell);
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
        story.failed("handler " + notice.getKey().name(), Problems.of(failed), false);
        close(Journal.FAILED);
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
        story.failed("handler " + handler.name(), Problems.of(failed), false);
        close(Journal.FAILED);
        return false;
      }
    }
    return true;
  }

  /** Sends a stretch with all questions once more behind it; false when something failed. */
  private boolean send(Performance stretch) {
    if (!stretch.batch().isEmpty()) {
      Questions again = new Questions();
      again.addTo(stretch.batch(), questions.asked(), true);
      stretch.send(shell);
      questions = again;
    } else {
      stretch.send(shell);
    }
    stretch.failure().ifPresent(this::failed);
    return stretch.failure().isEmpty();
  }

  /** After all is done the plan must be empty, or the run does not settle. */
  private void confirm(List<PlayTask> tasks) {
    if (!ledger.opened()) {
      return;
    }
    Facts facts = questions.settle(shell, steps(tasks));
    List<PlannedTask> plan = Planner.plan(steps(tasks), facts);
    boolean settled = true;
    for (int i = 0; i < plan.size(); i++) {
      if (!Stretch.settled(plan.get(i))) {
        settled = false;
        story.failed(tasks.get(i), Stretch.unsettled(plan.get(i)), List.of(), false);
      }
    }
    close(settled ? Journal.APPLIED : Journal.FAILED);
  }

  private boolean pay(Map<String, String> debts, List<PlayTask> tasks, Facts facts) {
    Performance stretch = new Performance(story, ledger, handlers);
    stretch.open();
    debts.forEach(
        (name, script) -> stretch.add(debtor(name, tasks), paying(name, script, tasks, facts)));
    return send(stretch);
  }

  private static Handler debtor(String name, List<PlayTask> tasks) {
    return find(name, tasks).orElseGet(() -> new Handler(name, Debt.NOTHING));
  }

  private List<Change> paying(String name, String script, List<PlayTask> tasks, Facts facts) {
    Optional<Handler> handler = find(name, tasks);
    if (handler.isPresent()) {
      try {
        return Planner.plan(handler.get(), facts);
      } catch (UnknownFactException | FailedFactException | StepRefusedException useKept) {
        story.warn(name, "this handler cannot be planned now; what the earlier run kept is used");
      }
    }
    if (script.isEmpty()) {
      story.warn(name, "an earlier run owes this handler and kept no way to run it; it is dropped");
    }
    return List.of(
        new RunKept("handler " + name, RemotePath.of("/"), script.isEmpty() ? ":" : script));
  }

  private static Optional<Handler> find(String name, List<PlayTask> tasks) {
    return tasks.stream()
        .flatMap(task -> task.task().handlers().stream())
        .filter(handler -> handler.name().equals(name))
        .findFirst();
  }

  private void tellDebt(String name) {
    story.handler(
        name,
        RunEvent.Status.WOULD_CHANGE,
        List.of(),
        "owed since an earlier run failed; apply runs it first",
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
    close(Journal.FAILED);
  }

  private void failed(Failure failure) {
    if (failure.health().isPresent()) {
      new HealthRollback(story, shell, ledger, handlers).run(failure);
      return;
    }
    boolean refused = Problems.refused(failure.reply());
    Problem problem =
        failure
            .change()
            .map(change -> Problems.ofChange(change.summary(), failure.reply(), state()))
            .orElseGet(() -> Problems.ofOpening(failure.reply()));
    if (failure.where().isPresent()) {
      story.failed(failure.where().get(), problem, List.of(), refused);
    } else {
      story.failed(failure.name(), problem, refused);
    }
    close(Journal.FAILED);
  }

  private String state() {
    return ledger.stateSentence(story.host());
  }

  private void close(String state) {
    Batch batch = new Batch();
    ledger.close(batch, state);
    batch.send(shell);
  }

  private static List<Task> steps(List<PlayTask> tasks) {
    return tasks.stream().map(PlayTask::task).toList();
  }
}
