package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.run.RunEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowestReportTest {

  private static String told(List<RunEvent> events, int most) {
    StringBuilder out = new StringBuilder();
    events.forEach(new SlowestReport(out, ConsoleLook.PLAIN, most));
    return out.toString();
  }

  @Test
  void tellsTheSlowestFirst() {
    assertThat(told(SampleRuns.fleet(), 3))
        .isEqualTo(
            """

            SLOWEST TASKS
               1.2 s  handlers \u203a restart sshd on cp1
              440 ms  ssh \u203a sshd refuses root and passwords on cp1
            """);
    assertThat(told(SampleRuns.fleet(), 1)).contains("restart sshd").doesNotContain("440 ms");
  }

  @Test
  void hasNothingToTellOfACheck() {
    assertThat(told(SampleRuns.check(), 3)).isEmpty();
    assertThat(told(SampleRuns.incomplete(), 3)).contains("no task took any time");
  }
}
