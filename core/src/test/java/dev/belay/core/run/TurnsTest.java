package dev.belay.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.fact.Facts;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.playbook.Play;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Place;
import dev.belay.core.step.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {

  private final Turns turns = new Turns(Duration.ofMillis(20));

  private static PlayTask task(Place place) {
    Play play = Play.of("p").tasks(new FilePresent(RemotePath.of("/a")));
    return new PlayTask(play, play.tasks().get(0).placed(place));
  }

  private static PlayTask here(int turn) {
    return task(new Place.Once("a", turn, true));
  }

  private static PlayTask elsewhere(int turn) {
    return task(new Place.Once("a", turn, false));
  }

  private static PlannedTask ok(Task task) {
    return new PlannedTask(
        task, new Outcome.Ok(), List.of(), List.of(), List.of(), Optional.empty(), Facts.NONE);
  }

  @Test
  void whoWaitsGivesSignsOfLifeUntilItIsDone() {
    CountDownLatch signs = new CountDownLatch(3);
    PlayTask first = here(1);
    Turns.Turn turn =
        turns.await(
            elsewhere(1),
            () -> {
              signs.countDown();
              if (signs.getCount() == 0) {
                turns.done(first, ok(first.task()));
              }
            });

    assertThat(turn).isEqualTo(Turns.Turn.UNCHANGED);
    assertThat(signs.getCount()).isZero();
  }

  @Test
  void isLostWhereTheOtherHostEndsBeforeIt() {
    turns.done(here(1), ok(here(1).task()));
    turns.ended("a", false);
    turns.ended("a", true);

    assertThat(turns.await(elsewhere(1), () -> {})).isEqualTo(Turns.Turn.UNCHANGED);
    assertThat(turns.await(elsewhere(2), () -> {})).isEqualTo(Turns.Turn.LOST);
  }

  @Test
  void isNotLostWhereTheOtherHostHasDoneAllItHadToDo() {
    turns.ended("a", true);
    turns.ended("a", false);

    assertThat(turns.await(elsewhere(2), () -> {})).isEqualTo(Turns.Turn.CHANGED);
  }

  @Test
  void onlyTheHostThatItRunsOnEndsTheWaiting() {
    turns.done(elsewhere(1), ok(elsewhere(1).task()));
    turns.done(task(Place.EACH), ok(task(Place.EACH).task()));
    turns.ended("b", false);
    turns.ended("a", false);

    assertThat(turns.await(elsewhere(1), () -> {})).isEqualTo(Turns.Turn.LOST);
  }

  @Test
  void anInterruptIsKeptAndDoesNotEndTheWaiting() throws InterruptedException {
    CountDownLatch waits = new CountDownLatch(1);
    AtomicReference<String> end = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              Turns.Turn turn = turns.await(elsewhere(1), waits::countDown);
              end.set(turn + " " + Thread.currentThread().isInterrupted());
            });
    waiting.start();
    waits.await();
    waiting.interrupt();
    turns.ended("a", false);
    waiting.join();

    assertThat(end).hasValue("LOST true");
  }
}
