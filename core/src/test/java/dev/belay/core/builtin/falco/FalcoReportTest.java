package dev.belay.core.builtin.falco;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.SharedSamples;
import dev.belay.core.fact.Answer;
import dev.belay.core.remote.RemotePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class FalcoReportTest {

  private static final FalcoSearch PACKAGES = FalcoSearch.packages(RemotePath.of("/opt/falco.log"));

  private static FalcoReport report(FalcoSearch search, List<String> lines) {
    FalcoTally tally = new FalcoTally(search.wanted());
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      tally.line(bytes, 0, bytes.length, true);
    }
    return tally.report();
  }

  private static String text(String time, String priority, String message, String pod) {
    return time
        + ": "
        + priority
        + " "
        + message
        + " (user=root command=apt install nginx container_id=0123456789ab container_name=k8s_c_"
        + pod
        + "_ns_78092ae9-37b6-4a37-b01f-8b63c9598aa2_0 image=ubuntu:latest)";
  }

  @Test
  void findsThePodOfTheChallenge() throws IOException {
    for (Path file : SharedSamples.in("falco-logs", "challenge4")) {
      FalcoReport report = report(PACKAGES, Files.readAllLines(file));
      assertThat(report.pods())
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.pod()).isEqualTo(new PodRef("eden-prime", "eden-software2"));
                assertThat(one.alerts().count()).isEqualTo(10);
                assertThat(one.alerts().first()).isEqualTo("14:08:26.401677143");
                assertThat(one.alerts().last()).isEqualTo("14:11:26.372805376");
                assertThat(one.alerts().evidence()).hasSize(3);
              });
    }
  }

  @Test
  void findsAlertsOfARuleInTextAndJson() {
    String json =
        "{\"output\":\"\",\"priority\":\"Error\",\"rule\":\"Launch Package Management Process in"
            + " Container\",\"output_fields\":{\"k8s.ns.name\":\"ns\",\"k8s.pod.name\":\"b\"}}";
    String other =
        "{\"output\":\"\",\"priority\":\"Error\",\"rule\":\"Other\",\"output_fields\":"
            + "{\"k8s.ns.name\":\"ns\",\"k8s.pod.name\":\"c\"}}";
    FalcoReport report =
        report(
            PACKAGES,
            List.of(
                text("01:00:00.000000000", "Error", "Package management process launched", "a"),
                text("01:00:00.000000000", "Error", "A shell was spawned", "d"),
                json,
                other));
    assertThat(report.pods())
        .extracting(FalcoReport.Compromised::pod)
        .containsExactly(new PodRef("ns", "a"), new PodRef("ns", "b"));
  }

  @Test
  void findsAlertsByPriority() {
    FalcoReport report =
        report(
            PACKAGES.atLeast(FalcoPriority.ERROR),
            List.of(
                text("01:00:00.000000000", "Critical", "x", "a"),
                text("01:00:00.000000000", "error", "x", "b"),
                text("01:00:00.000000000", "Warning", "x", "c")));
    assertThat(report.pods()).extracting(one -> one.pod().name()).containsExactly("a", "b");
  }

  @Test
  void countsTextApartWhereOnlyJsonTells() {
    String json =
        "{\"priority\":\"Error\",\"rule\":\"R\",\"tags\":[\"t\"],\"output_fields\":"
            + "{\"k8s.ns.name\":\"ns\",\"k8s.pod.name\":\"b\"}}";
    FalcoReport report =
        report(PACKAGES.tag("t"), List.of(json, text("01:00:00.000000000", "Error", "x", "a")));
    assertThat(report.pods()).extracting(one -> one.pod().name()).containsExactly("b");
    assertThat(report.lines()).isEqualTo(new FalcoReport.Lines(1, 0, 1, 0));
  }

  @Test
  void passesOverALineInTheWriting() {
    FalcoTally tally = new FalcoTally(PACKAGES.wanted());
    String line = text("01:00:00.000000000", "Error", "Package management process launched", "a");
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    tally.line(bytes, 0, bytes.length - 12, false);
    assertThat(tally.report().pods()).isEmpty();
  }

  @Test
  void asksTheRuntimeForPodsThatTheLogDoesNotTell() {
    FalcoReport report =
        report(PACKAGES, List.of(lost("aaaaaaaaaaaa"), lost("bbbbbbbbbbbb"), lost("cccccccccccc")));
    assertThat(report.unknown()).hasSize(3);
    String crictl =
        "{\"containers\":[{\"id\":\"aaaaaaaaaaaa1\",\"labels\":{\"io.kubernetes.pod.name\":\"p\","
            + "\"io.kubernetes.pod.namespace\":\"n\"}},{\"id\":\"bbbbbbbbbbbb1\",\"labels\":"
            + "{\"io.kubernetes.pod.name\":\"$(id)\",\"io.kubernetes.pod.namespace\":\"n\"}}]}";
    Map<String, PodRef> known =
        new ContainersFact().parse(new Answer(0, crictl.getBytes(StandardCharsets.UTF_8), ""));
    FalcoReport resolved = report.resolved(known);
    assertThat(resolved.pods())
        .extracting(FalcoReport.Compromised::pod)
        .containsExactly(new PodRef("n", "p"));
    assertThat(resolved.unknown())
        .extracting(FalcoReport.Unmapped::container)
        .containsExactly("bbbbbbbbbbbb", "cccccccccccc");
    assertThat(resolved.lines()).isEqualTo(report.lines());
  }

  private static String lost(String id) {
    return "06:33:17.382603204: Error Package management process launched in container (user=root"
        + " command=apk container_id="
        + id
        + " container_name=nginx image=nginx)";
  }

  @Test
  void doesWithoutARuntimeThatAnswers() {
    ContainersFact fact = new ContainersFact();
    byte[] noise = "not json".getBytes(StandardCharsets.UTF_8);
    assertThat(fact.parse(new Answer(0, noise, ""))).isEmpty();
    assertThat(fact.parse(new Answer(124, new byte[0], "timeout"))).isEmpty();
    assertThat(fact.parse(new Answer(0, new byte[0], ""))).isEmpty();
  }

  /** Whatever a process is called, its alert names its own pod or none. */
  @Test
  void isNotMisledByWhatAProcessIsCalled() {
    long seed = 815;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    String[] pieces = {
      "apt",
      "install",
      "container_id=ffffffffffff",
      "container_name=k8s_c_victim_prod_1-1_0",
      "k8s.ns=prod",
      "k8s.pod=victim",
      "k8s_ns=prod",
      "k8s_ns_name=prod",
      "k8s_pod_name=victim",
      ")",
      "(",
      "|",
      "image=x)",
      "container=ffffffffffff",
      "command=x",
      "(id=host)",
      "host",
      "container_id=host",
      "\"",
      "'",
      "$(id)",
      "../"
    };
    Map<String, Integer> places = new TreeMap<>();
    for (int i = 0; i < 4000; i++) {
      List<String> command = new ArrayList<>();
      for (int n = random.nextInt(6); n >= 0; n--) {
        command.add(pieces[random.nextInt(pieces.length)]);
      }
      String line = generation(random.nextInt(4), String.join(" ", command));
      FalcoEvent event = FalcoLine.parse(line).orElseThrow();
      String place =
          event.place() instanceof Place.Pod pod
              ? pod.ref().toString()
              : event.place().getClass().getSimpleName();
      places.merge(place, 1, Integer::sum);
      assertThat(place).as("seed %d, round %d: %s", seed, i, line).isIn("ns/own", "Unknown");
    }
    assertThat(places).containsKey("ns/own");
  }

  private static String generation(int number, String command) {
    String head = "01:02:03.123456789: Error Package management process launched in container ";
    return head
        + switch (number) {
          case 0 ->
              "(user=root command="
                  + command
                  + " container_id=0123456789ab"
                  + " container_name=k8s_c_own_ns_78092ae9-37b6-4a37-b01f-8b63c9598aa2_0 image=u:1)";
          case 1 ->
              "(user=root k8s.ns=ns k8s.pod=own container=0123456789ab cmdline="
                  + command
                  + " image=u) k8s.ns=ns k8s.pod=own container=0123456789ab";
          case 2 ->
              "(user=root command="
                  + command
                  + " container_id=0123456789ab container_image=u container_image_tag=1"
                  + " container_name=c k8s_ns=ns k8s_pod_name=own)";
          default ->
              "| user=root command="
                  + command
                  + " container_id=0123456789ab container_name=c container_image_repository=u"
                  + " container_image_tag=1 k8s_pod_name=own k8s_ns_name=ns";
        };
  }
}
