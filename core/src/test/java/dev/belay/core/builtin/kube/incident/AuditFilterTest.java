package dev.belay.core.builtin.kube.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.log.LocalShell;
import dev.belay.core.builtin.log.LogPart;
import dev.belay.core.remote.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host leaves out must not matter: the report is the same as on the whole log. */
class AuditFilterTest {

  @TempDir Path temp;

  private AuditReport onHost(String shell, AuditSearch search, List<String> lines)
      throws IOException {
    Path log = Files.write(temp.resolve("audit.log"), lines);
    long inode = (Long) Files.getAttribute(log, "unix:ino");
    LogPart part =
        new LogPart(RemotePath.of(log.toString()), inode, 0, OptionalLong.empty(), false);
    AuditPartFact fact = new AuditPartFact(part, search);
    return fact.parse(LocalShell.of(shell, temp).ask(fact.question()));
  }

  private static List<String> log(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      Request request = Request.random(random);
      lines.addAll(request.lines(random));
      String line = request.line("ResponseComplete", "200");
      lines.add(line.replace("\"apiVersion\":\"v1\"}", "\"subresource\":\"status\"}"));
      lines.add(line.replace("\"level\":\"Metadata\"", "\"level\":\"Request\""));
      lines.add(line.replace("\":\"", "\": \""));
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash"})
  void saysTheSameAsTheWholeLog(String shell) throws IOException {
    long seed = 99;
    List<String> lines = log(seed);
    for (AuditSearch search :
        List.of(AuditReportTest.SEARCH, AuditReportTest.SEARCH.resources("pods/status"))) {
      AuditReport whole = AuditReportTest.report(search, lines);
      AuditReport filtered = onHost(shell, search, lines);
      assertThat(whole.suspects()).isNotEmpty();
      assertThat(filtered.suspects()).as("seed %d", seed).isEqualTo(whole.suspects());
      assertThat(filtered.lines().failed()).isEqualTo(whole.lines().failed());
    }
  }

  @Test
  void sendsNothingOfControllersAndNodes() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String user : List.of("system:node:n1", "system:serviceaccount:kube-system:job")) {
      lines.add(
          Request.of("delete", "pods", "web")
              .by(user)
              .line("ResponseComplete", "200")
              .replace(
                  "\"groups\":[\"system:authenticated\"]",
                  "\"uid\":\"u\",\"groups\":[\"a\",\"b\"],\"extra\":{\"k\":[\"v\"]}"));
    }
    assertThat(onHost("dash", AuditReportTest.SEARCH, lines).lines().system()).isZero();
    assertThat(AuditReportTest.report(AuditReportTest.SEARCH, lines).lines().system()).isEqualTo(2);
  }

  @Test
  void sendsWhoActsAsSomebodyElse() throws IOException {
    String line =
        Request.of("delete", "pods", "web")
            .by("system:node:n1")
            .as("system:node:n2")
            .line("ResponseComplete", "200");
    AuditReport report = onHost("dash", AuditReportTest.SEARCH, List.of(line));
    assertThat(report.culprit().orElseThrow().actor()).isEqualTo("system:node:n2");
  }

  @Test
  void sendsRequestsWhoseBodyLooksLikeOneOfANode() throws IOException {
    String body =
        "\"requestObject\":{\"verb\":\"delete\",\"user\":{\"username\":\"system:node:n1\"},"
            + "\"sourceIPs\":[\"10.0.0.1\"]},\"requestReceivedTimestamp\"";
    String line =
        Request.of("delete", "pods", "web")
            .by("agent-smith")
            .line("ResponseComplete", "200")
            .replace("\"level\":\"Metadata\"", "\"level\":\"Request\"")
            .replace("\"requestReceivedTimestamp\"", body);
    assertThat(line).contains("requestObject");
    AuditReport report = onHost("dash", AuditReportTest.SEARCH, List.of(line));
    assertThat(report.culprit().orElseThrow().actor()).isEqualTo("agent-smith");
  }
}
