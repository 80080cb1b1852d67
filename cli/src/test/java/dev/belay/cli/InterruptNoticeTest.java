package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.run.RunEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptNoticeTest {

  private final Heard heard = new Heard();

  @Test
  void namesTheHostsAtWorkAndHowToSeeAndUndoIt() {
    try (InterruptNotice notice = notice()) {
      notice.accept(started(RunEvent.Kind.APPLY));
      for (String host : List.of("a", "b", "c")) {
        notice.accept(new RunEvent.Connected(host, Duration.ZERO));
      }
      notice.accept(new RunEvent.HostEnded("b", 1, Duration.ZERO));
      assertThat(notice.text())
          .contains(
              "at work on a, c,",
              "belay runs 'a,c' -i 'hosts.yaml'",
              "belay rollback 'a,c' RUN1 -i 'hosts.yaml'");
    }
  }

  @Test
  void saysThatACheckHasWrittenNothing() {
    try (InterruptNotice notice = notice()) {
      assertThat(notice.text()).contains("nothing was written");
      notice.accept(started(RunEvent.Kind.CHECK));
      notice.accept(new RunEvent.Connected("a", Duration.ZERO));
      assertThat(notice.text()).contains("nothing was written");
    }
  }

  @Test
  void saysThatNoHostWasAtWork() {
    try (InterruptNotice notice = notice()) {
      notice.accept(started(RunEvent.Kind.APPLY));
      assertThat(notice.text()).contains("at work on no host");
    }
  }

  private InterruptNotice notice() {
    return InterruptNotice.ready(heard.streams(Terminal.NONE).err(), "-i 'hosts.yaml'");
  }

  private static RunEvent.Started started(RunEvent.Kind kind) {
    return new RunEvent.Started(kind, "Play", "RUN1", List.of("a", "b", "c"));
  }
}
