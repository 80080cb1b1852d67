package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Kind;
import dev.belay.core.run.RunEvent.Status;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JunitReportTest {

  @TempDir Path folder;

  private Document report(boolean changedFails, List<RunEvent> events) throws Exception {
    Path file = folder.resolve("report.xml");
    JunitReport report = new JunitReport(file, changedFails);
    events.forEach(report);
    byte[] xml = Files.readString(file).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml));
  }

  private static List<String> cases(Document report) {
    List<String> found = new ArrayList<>();
    NodeList cases = report.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element one = (Element) cases.item(i);
      List<String> kinds = new ArrayList<>();
      for (String kind : List.of("failure", "error", "skipped")) {
        NodeList inside = one.getElementsByTagName(kind);
        if (inside.getLength() > 0) {
          kinds.add(kind + " " + ((Element) inside.item(0)).getAttribute("message"));
        }
      }
      String name = one.getAttribute("classname") + " " + one.getAttribute("name");
      found.add(name + (kinds.isEmpty() ? "" : " " + kinds));
    }
    return found;
  }

  private static List<RunEvent> check() {
    return SampleRuns.ended(
        new ArrayList<>(
            List.of(
                new RunEvent.Started(Kind.CHECK, "p", SampleRuns.RUN, List.of("cp1", "cp2")),
                SampleRuns.task("cp1", "audit", "fine", Status.OK),
                SampleRuns.task("cp1", "audit", "differs <&\"\u0000>", Status.WOULD_CHANGE),
                SampleRuns.note("cp1", "audit", "not here", Status.SKIPPED, "no such group"),
                new RunEvent.NotReached("cp2", "cp1 ended the run"))),
        Kind.CHECK,
        Duration.ofMillis(1500));
  }

  @Test
  void tellsEachTaskAsACaseOfItsHost() throws Exception {
    Document report = report(false, check());
    assertThat(cases(report))
        .containsExactly(
            "cp1.audit fine",
            "cp1.audit differs <&\"\\x00>",
            "cp1.audit not here [skipped no such group]",
            "cp2 connection [skipped cp1 ended the run]");
    Element root = report.getDocumentElement();
    assertThat(root.getAttribute("tests")).isEqualTo("4");
    assertThat(root.getAttribute("failures")).isEqualTo("0");
    assertThat(root.getAttribute("skipped")).isEqualTo("2");
    assertThat(root.getAttribute("time")).isEqualTo("1.500");
  }

  @Test
  void countsWhatWouldChangeAsFailedWhereAsked() throws Exception {
    Document report = report(true, check());
    assertThat(cases(report)).contains("cp1.audit differs <&\"\\x00> [failure would change]");
    assertThat(report.getDocumentElement().getAttribute("failures")).isEqualTo("1");
  }

  @Test
  void tellsFailuresWithWhatToDo() throws Exception {
    Document report = report(false, SampleRuns.rolledBack());
    NodeList failures = report.getElementsByTagName("failure");
    assertThat(failures.getLength()).isPositive();
    assertThat(failures.item(0).getTextContent()).contains("wanted: ", "\ngot: ", "\ndo: ");
    Element root = report.getDocumentElement();
    assertThat(root.getAttribute("failures")).isEqualTo(String.valueOf(failures.getLength()));
  }

  @Test
  void isXmlForEveryRunAndHoldsNoSecret() throws Exception {
    for (List<RunEvent> run :
        List.of(SampleRuns.check(), SampleRuns.fleet(), SampleRuns.incomplete())) {
      assertThat(cases(report(true, run))).isNotEmpty();
      assertThat(Files.readString(folder.resolve("report.xml"))).doesNotContain("hunter2");
    }
  }
}
