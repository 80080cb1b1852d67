package dev.belay.core.run;

import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.journal.DebtsFact;
import dev.belay.core.journal.Journal;
import dev.belay.core.journal.NewestRunFact;
import dev.belay.core.journal.ToolsFact;
import dev.belay.core.plan.PlanItem;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.Handler;
import dev.belay.core.step.StepRefusedException;
import dev.belay.core.step.Task;
import dev.belay.core.transport.Request;
import java.util.ArrayList;
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
  private final LastingShell shell;
  private final Ledger ledger;
  private final Company company;
  private final Handlers handlers = new Handlers();
  private final HostEnd end;
  private final Catches catches;
  private final Passage passage;
  private final Questions host = new Questions();
  private Questions questions = new Questions();

  HostRun(HostStory story, LastingShell shell, Ledger ledger) {
    this(story, shell, ledger, new Company());
  }

  HostRun(HostStory story, LastingShell shell, Ledger ledger, Company company) {
    this.company = company;
    this.story = story;
    this.shell = shell;
    this.ledger = ledger;
    this.end = new HostEnd(story, shell, ledger, handlers);
    this.catches = new Catches(story, end);
    this.passage = new Passage(story, shell, end, catches, company);
  }

  /**
   * Predicts; writes nothing. Returns whether apply could go on after these tasks.
   *
   * @param earlier what was predicted on this host as other users; these tasks are added
   */
  boolean check(List<PlayTask> tasks, EarlierPlays earlier) {
    Facts facts = earlier.doubted(read(tasks));
    earlier.add(steps(tasks), facts);
    debts().keySet().forEach(new EarlierRuns(story)::tellDebt);
    items(tasks, facts).forEach(item -> story.tell(new RunEvent.Planned(story.host(), item)));
    return new Prediction(story, company.elsewhere())
        .tell(tasks, Planner.plan(steps(tasks), facts), facts);
  }

  /** Returns what is planned as data: what the host is owed, then the tasks. */
  private List<PlanItem> items(List<PlayTask> tasks, Facts facts) {
    List<PlanItem> items = new ArrayList<>();
    debts().keySet().forEach(name -> items.add(new PlanItem("", name, "owed", List.of())));
    List<PlannedTask> plan = Planner.plan(steps(tasks), facts);
    for (int i = 0; i < plan.size(); i++) {
      items.add(PlanItem.of(tasks.get(i).play().name(), plan.get(i)));
    }
    return items;
  }

  /**
   * Makes the changes. Returns whether all went well.
   *
   * @param held what the host is held to, if anything
   */
  boolean apply(List<PlayTask> tasks, Optional<HeldPlan> held) {
    Facts facts = read(tasks);
    Optional<Problem> drift =
        held.flatMap(plan -> plan.compare(items(tasks, facts), ledger.state(story.host())));
    if (drift.isPresent()) {
      story.failed("plan", drift.get(), ledger.made() == 0);
      return false;
    }
    return apply(tasks, facts);
  }

  private boolean apply(List<PlayTask> tasks, Facts read) {
    Facts facts = read;
    if (!debts().isEmpty()) {
      if (!pay(debts(), tasks, facts)) {
        return false;
      }
      facts = questions.settle(shell, steps(tasks));
    }
    return perform(tasks, facts) && confirm(tasks);
  }

  /** Asks what is asked of every host, and what the tasks want to know, in one round trip. */
  private Facts read(List<PlayTask> tasks) {
    Batch batch = new Batch();
    host.addTo(batch, List.of(new ToolsFact(), new DebtsFact(), new NewestRunFact()), false);
    questions.addTo(batch, Planner.questions(steps(tasks)), false);
    batch.send(shell);
    host.answers().get(new ToolsFact());
    host.answers()
        .get(new NewestRunFact())
        .ifPresent(last -> new EarlierRuns(story).tellCutOff(last, ledger.run()));
    return questions.settle(shell, steps(tasks));
  }

  private Map<String, String> debts() {
    return host.answers().get(new DebtsFact());
  }

  /** Performs stretch after stretch; each ends where only the host can say how to go on. */
  private boolean perform(List<PlayTask> tasks, Facts facts) {
    List<PlayTask> todo = tasks;
    Facts now = facts;
    while (!todo.isEmpty()) {
      List<PlannedTask> plan = Planner.plan(steps(todo), now);
      int block = Stretch.block(todo);
      int length = Stretch.apart(plan, Math.min(Stretch.end(plan), block));
      Optional<List<PlayTask>> others = insteadOf(length, todo, plan);
      if (others.isPresent()) {
        todo = others.get();
        now = questions.settle(shell, steps(todo));
        continue;
      }
      if (isStuck(length, todo, plan)) {
        return false;
      }
      List<PlannedTask> part = plan.subList(0, length);
      List<PlayTask> rest = Catches.behind(part, todo.subList(length, todo.size()));
      boolean ends = rest.isEmpty() || length == block;
      if (!perform(todo, part, ends, rest.isEmpty())) {
        return false;
      }
      Optional<List<PlayTask>> caught = catches.taken();
      boolean last = rest.isEmpty() && handlers.notified().isEmpty();
      if (caught.isEmpty()
          && ends
          && ledger.rope().isPresent()
          && !judge(tasks, todo.get(0), last)) {
        return false;
      }
      todo = caught.orElse(rest);
      now = todo.isEmpty() ? part.get(length - 1).after() : questions.settle(shell, steps(todo));
    }
    if (catches.ending()) {
      return end.failedBefore();
    }
    return handlers.notified().isEmpty() || handlersAlone(handlers.notified());
  }

  /**
   * Performs the first tasks of a plan; false when the run ends there.
   *
   * @param ends whether a block ends there, so that handlers may be due
   * @param all whether no task is left
   */
  private boolean perform(List<PlayTask> todo, List<PlannedTask> part, boolean ends, boolean all) {
    Performance stretch = new Performance(story, ledger, handlers);
    add(stretch, todo, part);
    Set<Handler> due = ends ? due(todo.get(0), all) : Set.of();
    boolean known = part.stream().allMatch(Stretch::certain);
    Optional<Notices.Refusal> refusal =
        addHandlers(stretch, known ? due : Set.of(), part.get(part.size() - 1).after());
    if (refusal.isPresent()) {
      handlers.keepOwed(); // the stretch is not sent
      catches.caughtRefused(todo, part, refusal.get());
      return catches.isCaught() || end.failed(refusal.get());
    }
    catches.sending(todo, part);
    return sendInTurn(stretch, todo, part)
        && (known || due.isEmpty() || catches.isCaught() || handlersAlone(due));
  }

  /** Returns what is done in place of tasks that cannot be performed; empty when nothing is. */
  private Optional<List<PlayTask>> insteadOf(
      int length, List<PlayTask> todo, List<PlannedTask> plan) {
    Optional<Notices.Refusal> refusal = catches.refused(todo, plan);
    if (length > 0 || refusal.isPresent()) {
      refusal.ifPresent(each -> catches.caughtRefused(todo, plan, each));
      return catches.taken();
    }
    if (Passage.isNext(todo.get(0), plan)) {
      return passage.passed(todo, plan.get(0), this::stayAwake, () -> askAgain(questions.asked()));
    }
    if (!Stretch.elsewhere(todo.get(0).task()) && end.ignores(todo.get(0), plan.get(0))) {
      company.turns().done(todo.get(0), plan.get(0));
      return Optional.of(todo.subList(1, todo.size()));
    }
    catches.caughtStuck(todo, plan);
    if (catches.isCaught()) {
      company.turns().lost(todo.get(0));
    }
    return catches.taken();
  }

  private boolean isStuck(int length, List<PlayTask> todo, List<PlannedTask> plan) {
    Optional<Notices.Refusal> refusal = catches.refused(todo, plan);
    refusal.ifPresent(end::failed);
    if (length == 0 && refusal.isEmpty() && !passage.isLost()) {
      end.stuck(todo, plan);
    }
    return length == 0 || refusal.isPresent();
  }

  /** Handlers of a guarded block run at its end, before it is judged; others at the very end. */
  private Set<Handler> due(PlayTask task, boolean atEnd) {
    Set<Handler> due = handlers.notified();
    if (task.task().guard().isPresent()) {
      due.retainAll(
          Stretch.block(task).stream().flatMap(each -> each.handlers().stream()).toList());
      return due;
    }
    return atEnd && !catches.ending() ? due : Set.of();
  }

  /** Sees that the block has settled and that the host is well, or has it undone. */
  private boolean judge(List<PlayTask> tasks, PlayTask first, boolean last) {
    Rope rope = ledger.rope().orElseThrow();
    List<PlayTask> block = tasks.stream().filter(task -> Stretch.sameBlock(task, first)).toList();
    if (!settled(block)) {
      return end.failedBefore();
    }
    List<Open> open = last ? unsettled(tasks) : List.of();
    String state = open.isEmpty() ? Journal.APPLIED : Journal.FAILED;
    Optional<String> closes = last ? Optional.of(state) : Optional.empty();
    if (!new Verdict(story, shell, ledger, rope, closes).kept()) {
      return end.failedBefore();
    }
    open.forEach(each -> end.unsettled(each.task(), each.planned()));
    return open.isEmpty();
  }

  private boolean settled(List<PlayTask> tasks) {
    List<Open> open = unsettled(tasks);
    open.forEach(each -> end.unsettled(each.task(), each.planned()));
    return open.isEmpty();
  }

  /**
   * What is done elsewhere is left out, and what ignores errors: it may have failed, and its change
   * would blur the others.
   */
  private List<Open> unsettled(List<PlayTask> all) {
    List<PlayTask> tasks =
        catches.kept(all).stream()
            .filter(task -> !task.task().options().ignoresErrors())
            .filter(task -> !Stretch.elsewhere(task.task()))
            .toList();
    return Open.of(tasks, questions.settle(shell, steps(tasks)));
  }

  private boolean handlersAlone(Set<Handler> due) {
    Performance stretch = new Performance(story, ledger, handlers);
    Optional<Notices.Refusal> refusal = addHandlers(stretch, due, questions.answers());
    return refusal.map(end::failed).orElseGet(() -> send(stretch));
  }

  private void add(Performance stretch, List<PlayTask> tasks, List<PlannedTask> part) {
    if (part.stream().anyMatch(planned -> !planned.changes().isEmpty())) {
      stretch.open();
    }
    for (int i = 0; i < part.size(); i++) {
      stretch.add(tasks.get(i), part.get(i));
    }
  }

  private Optional<Notices.Refusal> addHandlers(
      Performance stretch, Set<Handler> due, Facts facts) {
    for (Handler handler : due) {
      try {
        stretch.add(handler, Planner.plan(handler, facts));
      } catch (UnknownFactException | FailedFactException | StepRefusedException failed) {
        return Optional.of(new Notices.Refusal(handler, failed));
      }
    }
    return Optional.empty();
  }

  /** Others hear of each task as its reply comes, and of one that was ignored at the end. */
  private boolean sendInTurn(Performance stretch, List<PlayTask> tasks, List<PlannedTask> part) {
    stretch.onDone(company.turns()::done);
    boolean well =
        part.get(0).changes().isEmpty()
            ? send(stretch)
            : company.throttles().within(tasks.get(0), this::stayAwake, () -> send(stretch));
    if (well && catches.isCaught()) {
      stretch.failure().flatMap(Failure::where).ifPresent(company.turns()::lost);
    } else if (well) {
      company.turns().done(tasks.subList(0, part.size()), part);
    }
    return well;
  }

  private void stayAwake() {
    shell.exchange(List.of(Request.always(":", Ledger.SHORT)), (reply, i) -> {});
  }

  /** Sends a stretch with all questions once more behind it; false when something failed. */
  private boolean send(Performance stretch) {
    Set<Fact<?>> asked = questions.asked();
    exchange(stretch);
    if (stretch.failure().filter(each -> end.ignores(each) || catches.caught(each)).isPresent()) {
      handlers.keepOwed();
      return askAgain(asked);
    }
    stretch.failure().ifPresent(end::failed);
    return stretch.failure().isEmpty();
  }

  private void exchange(Performance stretch) {
    Batch then = new Batch();
    if (!stretch.batch().isEmpty()) {
      Questions again = new Questions();
      again.addTo(then, questions.asked(), true);
      stretch.send(shell, then);
      questions = again;
    } else {
      stretch.send(shell, then);
    }
  }

  /** After all is done the plan must be empty, or the run does not settle. */
  private boolean confirm(List<PlayTask> tasks) {
    if (!ledger.opened()) {
      return true;
    }
    boolean settled = settled(tasks);
    return end.close(settled ? Journal.APPLIED : Journal.FAILED) && settled;
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
      end.failed(stretch.failure().get());
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

  private static List<Task> steps(List<PlayTask> tasks) {
    return tasks.stream().map(PlayTask::task).toList();
  }
}
