package dev.belay.core.builtin.kube.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.SharedSamples;
import dev.belay.core.remote.RemotePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditReportTest {

  static final RemotePath LOG = RemotePath.of("/var/log/kubernetes/audit/audit.log");
  static final AuditSearch SEARCH = new AuditSearch.WithoutNamespace(LOG).namespace("citadel");

  static AuditReport report(AuditSearch search, List<String> lines) {
    AuditTally tally = new AuditTally(search);
    AuditLines reader = new AuditLines(tally);
    for (int i = 0; i < lines.size(); i++) {
      byte[] bytes = lines.get(i).getBytes(StandardCharsets.UTF_8);
      reader.line(bytes, 0, bytes.length, i < lines.size() - 1);
    }
    return tally.report();
  }

  @Test
  void namesUserRoleAndBindingOfTheChallenge() throws IOException {
    for (Path file : SharedSamples.in("audit-events", "challenge4")) {
      Suspect culprit = report(SEARCH, Files.readAllLines(file)).culprit().orElseThrow();
      assertThat(culprit.actor()).isEqualTo("agent-smith");
      assertThat(culprit.grant().roleName()).isEqualTo("important_role_do_not_delete");
      assertThat(culprit.grant().bindingName()).isEqualTo("important_binding_do_not_delete");
      assertThat(culprit.activity().requests()).isEqualTo(3);
      assertThat(culprit.activity().behind()).containsExactly("kubernetes-admin");
      assertThat(culprit.activity().first()).contains(Instant.parse("2022-06-23T13:38:21.709680Z"));
      assertThat(culprit.evidence().get(0))
          .startsWith(
              "2022-06-23T13:38:21.709680Z delete configmaps webapp-config-map by agent-smith")
          .contains("auditID 3217e7fa-92c7-4067-a340-3ae0689f35c7");
    }
  }

  @Test
  void findsNobodyInOtherRealLogs() throws IOException {
    for (Path file : SharedSamples.in("audit-events", "")) {
      AuditReport report =
          report(
              new AuditSearch.WithoutNamespace(LOG).namespace("default"), Files.readAllLines(file));
      assertThat(report.lines().unreadable()).as(file.toString()).isZero();
      assertThat(report.suspects())
          .extracting(Suspect::actor)
          .noneMatch(actor -> actor.startsWith("system:"));
    }
  }

  @Test
  void countsARequestOnceWhateverStagesAreLogged() {
    Request delete = Request.of("delete", "pods", "web");
    AuditReport report =
        report(
            SEARCH,
            List.of(
                delete.line("RequestReceived", ""),
                delete.line("ResponseStarted", "200"),
                delete.line("ResponseComplete", "200"),
                ""));
    assertThat(report.suspects())
        .singleElement()
        .extracting(Suspect::activity)
        .extracting(Suspect.Activity::requests)
        .isEqualTo(1L);
  }

  @Test
  void countsEveryRequestOfAClientThatAlwaysSendsTheSameAuditId() {
    Request delete = Request.of("delete", "pods", "web");
    String line = delete.line("ResponseComplete", "200");
    AuditReport report = report(SEARCH, List.of(line, line, line));
    assertThat(report.lines().counted()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "system:serviceaccount:kube-system:generic-garbage-collector, true",
    "system:serviceaccount:citadel:default, false",
    "system:node:worker-1, true",
    "system:apiserver, true",
    "system:kube-controller-manager, true",
    "kube-apiserver, true",
    "system:anonymous, false",
    "agent-smith, false",
  })
  void leavesOutKubernetesItself(String user, boolean system) {
    Request delete = Request.of("delete", "pods", "web").by(user);
    AuditReport report = report(SEARCH, List.of(delete.line("ResponseComplete", "200"), ""));
    assertThat(report.suspects().isEmpty()).isEqualTo(system);
    assertThat(report.lines().system()).isEqualTo(system ? 1 : 0);
  }

  @Test
  void countsWhoActsAsAControllerIsNoController() {
    Request delete = Request.of("delete", "pods", "web").as("system:node:worker-1");
    AuditReport report = report(SEARCH, List.of(delete.line("ResponseComplete", "200"), ""));
    assertThat(report.culprit().orElseThrow().actor()).isEqualTo("system:node:worker-1");
    assertThat(report.culprit().orElseThrow().activity().behind()).containsExactly("admin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"403", "404", "409", "500"})
  void countsWhatFailedApart(String code) {
    Request delete = Request.of("delete", "pods", "web");
    AuditReport report = report(SEARCH, List.of(delete.line("ResponseComplete", code), ""));
    assertThat(report.suspects()).isEmpty();
    assertThat(report.lines().failed()).isEqualTo(1);
  }

  @Test
  void doesNotTakeALineInTheWritingForADamagedOne() {
    String line = Request.of("delete", "pods", "web").line("ResponseComplete", "200");
    AuditReport report = report(SEARCH, List.of(line, "{\"broken", line.substring(0, 90)));
    assertThat(report.lines()).isEqualTo(new AuditReport.Lines(1, 0, 0, 0, 1));
  }

  @Test
  void namesNobodyWhenTwoDidTheSame() {
    AuditReport report =
        report(
            SEARCH,
            List.of(
                Request.of("delete", "pods", "web").by("a").line("ResponseComplete", "200"),
                Request.of("delete", "pods", "web").by("b").line("ResponseComplete", "200")));
    assertThat(report.culprit()).isEmpty();
    assertThat(report.suspects()).hasSize(2);
  }

  @Test
  void putsWhoRecreatesBeforeWhoOnlyCreates() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add(Request.of("create", "pods", "job-" + i).by("ci").line("ResponseComplete", "201"));
    }
    lines.add(Request.of("delete", "pods", "web").by("smith").line("ResponseComplete", "200"));
    lines.add(Request.of("create", "pods", "web").by("smith").line("ResponseComplete", "201"));
    AuditReport report = report(SEARCH, lines);
    assertThat(report.culprit().orElseThrow().actor()).isEqualTo("smith");
  }

  @Test
  void refusesWhatIsNoNameInKubernetes() {
    assertThatThrownBy(() -> new AuditSearch.WithoutNamespace(LOG).namespace("a'; rm -rf /"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no namespace");
    assertThatThrownBy(() -> SEARCH.verbs("DELETE")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AuditSearch(LOG, "citadel", List.of(), List.of("delete")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Logs of thousands of generated events, against a second count that keeps them all. */
  @Test
  void countsGeneratedLogsRightWhereverTheyAreCut() {
    long seed = 4711;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 60; round++) {
      List<Request> requests =
          Stream.generate(() -> Request.random(random)).limit(random.nextInt(300)).toList();
      Map<String, Long> expected = new TreeMap<>();
      List<AuditReport> parts = new ArrayList<>();
      List<String> lines = new ArrayList<>();
      for (Request request : requests) {
        lines.addAll(request.lines(random));
        if (request.counts()) {
          expected.merge(request.key(), 1L, Long::sum);
        }
        if (random.nextInt(40) == 0) {
          lines.add("");
          parts.add(report(SEARCH, lines));
          lines.clear();
        }
      }
      parts.add(report(SEARCH, lines));
      AuditReport report = AuditReport.of(SEARCH, parts);
      Map<String, Long> found = new TreeMap<>();
      report
          .suspects()
          .forEach(
              s ->
                  found.merge(
                      s.actor() + "|" + s.grant().roleName() + "|" + s.grant().bindingName(),
                      s.activity().requests(),
                      Long::sum));
      assertThat(found).as("seed %d, round %d", seed, round).isEqualTo(expected);
      assertThat(report.lines().unreadable()).isZero();
    }
  }
}
