package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.journal.GuardScript;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.step.Handler;
import dev.belay.core.step.Health;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Performs a stretch of planned tasks in one round trip and tells each as its replies come. */
final class Performance {

  private static final Duration SLACK = Duration.ofSeconds(30);

  private final HostStory story;
  private final Ledger ledger;
  private final Handlers handlers;
  private final Batch batch = new Batch();
  private final Deque<BatchTask> tasks = new ArrayDeque<>();
  private final Deque<String> toRun = new ArrayDeque<>();
  private Optional<Failure> failure = Optional.empty();
  private long since = System.nanoTime();
  private BiConsumer<PlayTask, PlannedTask> onDone = (where, planned) -> {};

  Performance(HostStory story, Ledger ledger, Handlers handlers) {
    this.story = story;
    this.ledger = ledger;
    this.handlers = handlers;
  }

  /** Has somebody told of each task as soon as it is done. */
  void onDone(BiConsumer<PlayTask, PlannedTask> listener) {
    onDone = listener;
  }

  Batch batch() {
    return batch;
  }

  Optional<Failure> failure() {
    return failure;
  }

  /** Adds the opening of the journal, if it is not open and there is something to keep in it. */
  void open() {
    ledger.open(
        batch,
        reply -> {
          if (!reply.ok()) {
            fail(
                new Failure(
                    Optional.empty(), "journal", Optional.empty(), Optional.empty(), reply));
          } else if (!reply.text().isEmpty()) {
            story.warn(
                "",
                "an earlier run ended without giving its lock back: "
                    + Problems.oneLine(reply.text()).replaceFirst("^stale ", ""));
          }
        });
  }

  void add(PlayTask where, PlannedTask planned) {
    where
        .task()
        .guard()
        .filter(guard -> !planned.changes().isEmpty() && ledger.rope().isEmpty())
        .ifPresent(guard -> ledger.arm(batch, guard, this::armed));
    BatchTask task = new BatchTask(where, planned);
    tasks.add(task);
    Map<String, String> owes = planned.changes().isEmpty() ? Map.of() : handlers.notice(planned);
    String restored = planned.health().map(Health::awaitRestored).orElse("");
    int left = planned.changes().size();
    for (Change change : planned.changes()) {
      left--;
      ledger.change(
          batch,
          new Ledger.Entry(
              where.play().name(),
              where.task().name(),
              change,
              owes,
              "",
              restored,
              false,
              where.task().options(),
              left == 0),
          reply -> replied(task, Optional.of(change), reply));
      owes = Map.of();
    }
    planned.health().ifPresent(health -> addHealth(task, health));
  }

  void add(Handler handler, List<Change> changes) {
    toRun.add(handler.name());
    if (changes.isEmpty()) {
      batch.add(
          Request.ifAllWell(JournalScript.paid(handler.name()), Ledger.SHORT),
          reply -> handled(handler, changes, Optional.empty(), true, reply));
    }
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      boolean last = i == changes.size() - 1;
      String pays = last ? JournalScript.paid(handler.name()) : "";
      ledger.change(
          batch,
          new Ledger.Entry("handlers", handler.name(), change, Map.of(), pays, "", false),
          reply -> handled(handler, changes, Optional.of(change), last, reply));
    }
  }

  private void armed(Reply reply) {
    if (!reply.ok()) {
      ledger.offRope();
    }
    if (!reply.ok() && !reply.skipped()) {
      fail(new Failure(Optional.empty(), "guard", Optional.empty(), Optional.empty(), reply));
    }
  }

  /**
   * Has all performed, then sends what is to be asked afterwards; tells tasks in order as they are
   * done.
   */
  void send(LastingShell shell, Batch then) {
    since = System.nanoTime();
    flush();
    batch.perform(shell, ledger.run(), then);
  }

  private void addHealth(BatchTask task, Health health) {
    batch.add(
        Request.ifAllWell(
            ledger.onRope(
                "{ " + health.await() + "\n} && " + JournalScript.paid(Debt.health(health)),
                health.deadline()),
            health.deadline().plus(SLACK)),
        reply -> {
          if (reply.ok()) {
            handlers.paid(Debt.health(health));
            replied(task, Optional.empty(), reply);
          } else if (!reply.skipped()) {
            failed(task, Optional.empty(), Optional.of(health), reply);
          }
        });
  }

  private void replied(BatchTask task, Optional<Change> change, Reply reply) {
    boolean begun = !Problems.untouched(reply) && reply.exit() != GuardScript.STOPPED;
    if (!reply.skipped() && begun) {
      handlers.owed(task.where.task().handlers());
      if (!reply.ok()) {
        task.planned.health().ifPresent(handlers::unseen);
      }
    }
    if (reply.ok()) {
      task.waiting--;
      flush();
    } else if (!reply.skipped()) {
      failed(task, change, Optional.empty(), reply);
    }
  }

  private void failed(
      BatchTask task, Optional<Change> change, Optional<Health> health, Reply reply) {
    story.warnings(task.planned);
    fail(new Failure(Optional.of(task.where), task.where.task().name(), change, health, reply));
  }

  private void handled(
      Handler handler, List<Change> all, Optional<Change> change, boolean last, Reply reply) {
    if (reply.ok() && last) {
      handlers.paid(handler.name());
      RunEvent.Status status = all.isEmpty() ? RunEvent.Status.OK : RunEvent.Status.CHANGED;
      story.handler(handler.name(), status, all, "", lap());
      toRun.remove(handler.name());
      begun();
    } else if (!reply.ok() && !reply.skipped()) {
      fail(new Failure(Optional.empty(), handler.name(), change, Optional.empty(), reply));
    }
  }

  private void fail(Failure first) {
    if (failure.isEmpty()) {
      failure = Optional.of(first);
    }
  }

  private void flush() {
    while (failure.isEmpty() && !tasks.isEmpty() && tasks.peek().waiting == 0) {
      BatchTask task = tasks.poll();
      story.done(
          task.where, task.planned, task.planned.changes().isEmpty() ? Duration.ZERO : lap());
      onDone.accept(task.where, task.planned);
    }
    begun();
  }

  /** The host answers in order, so it is at the first of which it has not told the end. */
  private void begun() {
    if (failure.isPresent()) {
      return;
    }
    if (!tasks.isEmpty()) {
      story.began(tasks.peek().where.play().name(), tasks.peek().where.task().name());
    } else if (!toRun.isEmpty()) {
      story.began("handlers", toRun.peek());
    }
  }

  private Duration lap() {
    long now = System.nanoTime();
    Duration lap = Duration.ofNanos(now - since);
    since = now;
    return lap;
  }
}
