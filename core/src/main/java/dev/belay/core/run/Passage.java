package dev.belay.core.run;

import dev.belay.core.plan.PlannedTask;
import dev.belay.core.step.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** How one host passes a task that another host does. */
final class Passage {

  private final HostStory story;
  private final HostEnd end;
  private final Catches catches;
  private final Company company;
  private final LastingShell shell;
  private boolean lost;

  Passage(HostStory story, LastingShell shell, HostEnd end, Catches catches, Company company) {
    this.story = story;
    this.shell = shell;
    this.end = end;
    this.catches = catches;
    this.company = company;
  }

  /** Tells whether the next task is one of another host, and its turn is there. */
  static boolean isNext(PlayTask task, List<PlannedTask> plan) {
    return Stretch.elsewhere(task.task()) && !Stretch.fails(plan);
  }

  /** Tells whether a task has failed there, so that this host has ended. */
  boolean isLost() {
    return lost;
  }

  /**
   * Lets the first task be done there; returns what is to be done then, none when the host ended.
   *
   * @param sign given while the other host is at work
   * @param askAgain asks for all facts once more
   */
  Optional<List<PlayTask>> passed(
      List<PlayTask> todo, PlannedTask planned, Runnable sign, BooleanSupplier askAgain) {
    PlayTask task = todo.get(0);
    boolean delegated = task.task().options().place() instanceof Place.On;
    Elsewhere.Done done = delegated ? delegated(task, sign) : waited(task, sign);
    List<PlayTask> rest = todo.subList(1, todo.size());
    if (done.turn() == Turns.Turn.LOST) {
      lost = shell.isStopped() || !catches.caughtElsewhere(task, rest, done);
      if (lost) {
        done.failed().forEach(story::tell);
        end.failedBefore();
      }
      return !lost && askAgain.getAsBoolean() ? catches.taken() : Optional.empty();
    }
    if (!delegated) {
      story.done(task, planned, Duration.ZERO);
    }
    boolean well = done.turn() == Turns.Turn.UNCHANGED || askAgain.getAsBoolean();
    return well ? Optional.of(rest) : Optional.empty();
  }

  private Elsewhere.Done delegated(PlayTask task, Runnable sign) {
    catches.begins(task.task());
    return company.elsewhere().apply(task, sign);
  }

  private Elsewhere.Done waited(PlayTask task, Runnable sign) {
    return end.heard(task, company.turns().await(task, sign));
  }
}
