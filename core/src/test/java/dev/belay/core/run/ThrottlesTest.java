package dev.belay.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.playbook.Play;
import dev.belay.core.remote.RemotePath;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThrottlesTest {

  private final Throttles throttles = new Throttles(Duration.ofMillis(20));

  private static PlayTask task() {
    Play play = Play.of("p").tasks(new FilePresent(RemotePath.of("/a")).content("a").throttle(1));
    return new PlayTask(play, play.tasks().get(0));
  }

  /** The lock of a host whose session does nothing for 20 s is taken over by another run. */
  @Test
  void whoWaitsGivesASignOfLife() throws InterruptedException {
    PlayTask task = task();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch signs = new CountDownLatch(3);
    Thread first =
        new Thread(
            () ->
                throttles.within(
                    task,
                    () -> {},
                    () -> {
                      begun.countDown();
                      return await(signs);
                    }));
    first.start();
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(throttles.within(task, signs::countDown, () -> true)).isTrue();
    assertThat(signs.getCount()).isZero();
    first.join();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
