package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogReportTest {

  private Instant now = Instant.parse("2026-11-22T01:14:07Z");

  private List<String> log(List<RunEvent> events, boolean diffs) {
    StringBuilder out = new StringBuilder();
    LogReport report = new LogReport(out, () -> now, diffs);
    for (RunEvent event : events) {
      now = now.plusMillis(250);
      report.accept(event);
    }
    return out.toString().lines().toList();
  }

  @Test
  void givesEveryLineItsTime() {
    List<RunEvent> events = new ArrayList<>(SampleRuns.rolledBack());
    events.add(3, new RunEvent.Began("cp1", "audit", "audit policy"));
    List<String> lines = log(events, false);
    assertThat(lines)
        .startsWith(
            "2026-11-22T01:14:07.250Z run 20261122T011407Z begins",
            "2026-11-22T01:14:07.250Z PLAYBOOK Control plane audit  on cp1",
            "2026-11-22T01:14:07.500Z cp1 answered after 0.2 s",
            "2026-11-22T01:14:07.750Z PLAY audit",
            "2026-11-22T01:14:07.750Z   ok       directory[/var/log/kubernetes/audit]",
            "2026-11-22T01:14:08.000Z cp1 begins audit policy")
        .allMatch(line -> line.matches("[-0-9]{10}T[:0-9]{8}\\.\\d{3}Z \\S.*|.*Z  +\\S.*"));
  }

  @Test
  void hasDifferencesWhereAskedAndNeverColoursOrSecrets() {
    assertThat(log(SampleRuns.check(), false)).noneMatch(line -> line.contains("@@"));
    assertThat(log(SampleRuns.check(), true)).anyMatch(line -> line.contains("@@ -0,0 +1,9 @@"));
    List<String> hostile = log(PageSamples.hostile("\u001b[2Ja\nb\u202e"), true);
    assertThat(String.join("", hostile)).doesNotContain("\u001b", "\u202e");
    assertThat(hostile).allMatch(line -> line.startsWith("2026-11-22T01:1"));
    assertThat(String.join("", log(SampleRuns.fleet(), true))).doesNotContain("hunter2");
  }
}
