package dev.belay.core.run;

import dev.belay.core.fact.FailedFactException;
import dev.belay.core.inventory.Host;
import dev.belay.core.journal.JournalUnreadableException;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.Place;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.UnreachableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Has tasks of one host done on others, each as a small run of its own there: with the other host's
 * facts, lock and journal, and under the identifier of the same run.
 */
final class Delegation implements Elsewhere {

  /** Well below the 20 s after which a session that does nothing loses its lock. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HostStory story;
  private final Delegates delegates;
  private final Map<String, EarlierPlays> checked = new HashMap<>();

  /**
   * Makes it for one host.
   *
   * @param story of the host that delegates
   */
  Delegation(HostStory story, Delegates delegates) {
    this.story = story;
    this.delegates = delegates;
  }

  @Override
  public Turns.Turn check(PlayTask task, boolean rescued) {
    String there = there(task);
    if (delegates.isAtWork(there)) {
      story.mayChange(task, there + " has tasks of its own in this run, which come before");
      return Turns.Turn.CHANGED;
    }
    EarlierPlays earlier =
        checked.computeIfAbsent(
            there,
            name ->
                new EarlierPlays(
                    "an earlier task that is done on " + name + " may change it before"));
    return visit(task, there, earlier, () -> rescued);
  }

  @Override
  public Turns.Turn apply(PlayTask task, BooleanSupplier rescued, Runnable sign) {
    String there = there(task);
    if (delegates.isAtWork(there) && delegates.turns().awaitEnd(there, sign) == Turns.Turn.LOST) {
      failed(task, rescued, there + " has failed at its own tasks, which come before");
      return Turns.Turn.LOST;
    }
    return Awake.whilst(sign, PATIENCE, () -> alone(task, there, rescued));
  }

  private Turns.Turn alone(PlayTask task, String there, BooleanSupplier rescued) {
    ReentrantLock lock = delegates.lock(there);
    lock.lock();
    try {
      if (delegates.isLost(there)) {
        failed(task, rescued, there + " was lost, or rolled back, in the middle of this run");
        return Turns.Turn.LOST;
      }
      return visit(task, there, new EarlierPlays(), rescued);
    } finally {
      lock.unlock();
    }
  }

  /** Whatever goes wrong there is told of the task. */
  private Turns.Turn visit(
      PlayTask task, String there, EarlierPlays earlier, BooleanSupplier rescued) {
    Ledger ledger = delegates.ledger(there);
    int before = ledger.made();
    Host host = delegates.host(there);
    HostStory own =
        new HostStory(
            there,
            story.playbook(),
            event ->
                DelegatedEvent.of(event, story.host(), there, rescued.getAsBoolean())
                    .ifPresent(story::tell));
    PlayTask plain = new PlayTask(task.play(), task.task().placed(Place.EACH));
    HostTasks.Leg leg = new HostTasks.Leg(task.play().root(), List.of(plain));
    try (Connection connection = delegates.connector().connect(host)) {
      boolean well = delegates.visit().leg(own, host, connection, leg, earlier);
      boolean changed = ledger.made() > before;
      if (ledger.isUndoing()) {
        delegates.lose(there);
      }
      return !well ? Turns.Turn.LOST : changed ? Turns.Turn.CHANGED : Turns.Turn.UNCHANGED;
    } catch (UnreachableException lost) {
      tellLost(own, plain, host, lost);
    } catch (FailedFactException | JournalUnreadableException unfit) {
      own.failed(plain, Problems.of(unfit, ledger.loss(there).state()), List.of(), false);
    } finally {
      story.roundTrips(own.roundTrips());
    }
    return Turns.Turn.LOST;
  }

  private void tellLost(HostStory own, PlayTask task, Host host, UnreachableException lost) {
    Ledger ledger = delegates.ledger(host.name());
    Loss now = ledger.loss(host.name());
    if (ledger.opened()) {
      delegates.lose(host.name());
    }
    String advice = now.advice().isEmpty() ? "" : "; " + now.advice();
    own.failed(
        task,
        new Problem(
            "to work on " + host,
            lost.getMessage(),
            now.state(),
            lost.advice().replaceFirst("[.]$", "") + advice),
        List.of(),
        false);
  }

  private void failed(PlayTask task, BooleanSupplier rescued, String got) {
    String there = there(task);
    Problem problem =
        new Problem(
            task.task().step().label() + " on " + there,
            got,
            delegates.ledger(there).loss(there).state(),
            "mend " + there + ", then run again");
    if (rescued.getAsBoolean()) {
      story.rescued(task, problem);
    } else {
      story.failed(task, problem, List.of(), false);
    }
  }

  private static String there(PlayTask task) {
    return task.task().options().elsewhere().orElseThrow();
  }
}
