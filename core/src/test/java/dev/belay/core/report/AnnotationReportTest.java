package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationReportTest {

  private static final String TOKEN = "t0ken";

  private static String told(List<RunEvent> events) {
    StringBuilder out = new StringBuilder();
    AnnotationReport report =
        new AnnotationReport(
            out, TOKEN, file -> "playbooks/" + file.toLowerCase(java.util.Locale.ROOT));
    ConsoleReport console = new ConsoleReport(out, ConsoleLook.PLAIN.withDiffs());
    for (RunEvent event : events) {
      if (event instanceof RunEvent.Started) {
        report.accept(event);
      }
      console.accept(event);
      if (!(event instanceof RunEvent.Started)) {
        report.accept(event);
      }
    }
    return out.toString();
  }

  /** What a runner would obey: the rule of actions/runner, ActionCommandManager. */
  private static List<String> obeyed(String output) {
    List<String> obeyed = new ArrayList<>();
    String stopped = null;
    for (String line : output.split("\n|\r")) {
      Matcher command = Pattern.compile("^\\s*::([^:]*)::(.*)$").matcher(line);
      if (stopped != null) {
        stopped = line.strip().equals("::" + stopped + "::") ? null : stopped;
      } else if (line.contains("##[")) {
        obeyed.add(line);
      } else if (command.find()) {
        if (command.group(1).equals("stop-commands")) {
          stopped = command.group(2);
        } else {
          obeyed.add(line);
        }
      }
    }
    assertThat(stopped).isNull();
    return obeyed;
  }

  @Test
  void marksTheLineThatFailed() {
    assertThat(obeyed(told(SampleRuns.rolledBack())))
        .containsExactly(
            "::error file=playbooks/controlplaneaudit.java,line=31,title=cp1 failed%3A API server"
                + " writes an audit log::wanted: a new kube-apiserver process that answers /readyz"
                + " within 60 s%0Agot: no kube-apiserver process runs; its container ended with"
                + " exit code 1%0Astate: "
                + SampleRuns.MANIFEST
                + " is put back as it was; kube-apiserver answers again (pid 4711)%0Ado: correct"
                + " the flag --audit-log-pth, then run check again");
  }

  @Test
  void tellsOfLostHostsWarningsAndWhatARollbackLeaves() {
    assertThat(obeyed(told(SampleRuns.fleet())))
        .satisfiesExactly(
            lost -> assertThat(lost).startsWith("::error title=cp2 unreachable::wanted: "),
            warned -> assertThat(warned).startsWith("::warning title=cp1::the clock of this host"));
    assertThat(obeyed(told(SampleRuns.incomplete())))
        .singleElement()
        .asString()
        .startsWith("::error title=cp1%3A rollback incomplete%2C remaining::")
        .contains("since the run%0Acommand[");
    assertThat(obeyed(told(SampleRuns.check())))
        .last()
        .isEqualTo(
            "::notice title=Belay%3A changes are pending::3 tasks would change, 1 may change");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\n::add-mask::y",
        "x\r\n  ::set-output name=a::b",
        "::stop-commands::t",
        "##[error]owned",
        "%0A::error::owned",
        "a,line=9,title=b::c",
        "x\u2028::debug::y"
      })
  void nothingFromAHostIsObeyed(String hostile) {
    List<String> obeyed = obeyed(told(PageSamples.hostile(hostile)));
    assertThat(obeyed)
        .hasSize(5)
        .allMatch(line -> line.matches("::(error|warning) title=[^:,]*::.*"));
    assertThat(obeyed(told(PageSamples.hostile("\n::" + TOKEN + "::\n::error::x")))).isNotNull();
  }

  @Test
  void commandsAreObeyedAgainWhenARunIsCutOff() {
    StringBuilder out = new StringBuilder();
    AnnotationReport report = new AnnotationReport(out, TOKEN, file -> file);
    report.accept(SampleRuns.check().get(0));
    report.close();
    report.close();
    assertThat(out).hasToString("::stop-commands::t0ken\n::t0ken::\n");
  }
}
