package dev.belay.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AwakeTest {

  private static final Duration SOON = Duration.ofMillis(20);

  private final CountDownLatch signs = new CountDownLatch(3);

  private String patientWork() {
    try {
      signs.await();
      return "done";
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }

  /** The lock of a host whose session does nothing for 20 s is taken over by another run. */
  @Test
  void givesSignsOfLifeUntilTheWorkIsDone() {
    assertThat(Awake.whilst(signs::countDown, SOON, this::patientWork)).isEqualTo("done");
  }

  @Test
  void aSignThatFailsIsToldOnlyWhenTheWorkIsDone() {
    AtomicInteger given = new AtomicInteger();
    CountDownLatch lost = new CountDownLatch(1);
    Runnable sign =
        () -> {
          given.incrementAndGet();
          lost.countDown();
          throw new IllegalStateException("the link is gone");
        };
    AtomicInteger done = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Awake.whilst(
                    sign,
                    SOON,
                    () -> {
                      await(lost);
                      return done.incrementAndGet();
                    }))
        .hasMessage("the link is gone");
    assertThat(given).hasValue(1);
    assertThat(done).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatTheWorkThrowsIsThrown() {
    assertThatThrownBy(
            () ->
                Awake.whilst(
                    () -> {},
                    SOON,
                    () -> {
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");
  }

  @Test
  void anInterruptIsKeptAndDoesNotEndTheWork() {
    Thread own = Thread.currentThread();
    String result =
        Awake.whilst(
            signs::countDown,
            SOON,
            () -> {
              own.interrupt();
              return patientWork();
            });
    assertThat(result).isEqualTo("done");
    assertThat(Thread.interrupted()).isTrue();
  }
}
