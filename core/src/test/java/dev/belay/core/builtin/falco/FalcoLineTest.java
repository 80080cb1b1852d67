package dev.belay.core.builtin.falco;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.SharedSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FalcoLineTest {

  private static final String UID = "78092ae9-37b6-4a37-b01f-8b63c9598aa2";

  private static Place pod(String namespace, String name) {
    return new Place.Pod(new PodRef(namespace, name));
  }

  static Stream<Arguments> generations() {
    return Stream.of(
        Arguments.of(
            "docker name, up to 0.33",
            "19:23:46.797259642: Error Package management process launched in container (user=root"
                + " user_loginuid=-1 command=apt install nginx container_id=55e02f53cced"
                + " container_name=k8s_sw2_eden-software2_eden-prime_"
                + UID
                + "_0 image=ubuntu:latest)",
            pod("eden-prime", "eden-software2")),
        Arguments.of(
            "docker name after a conflict, with a slash",
            "19:23:46.797259642: Error x (command=a container_id=55e02f53cced"
                + " container_name=/k8s_POD_web.v1_ns_"
                + UID
                + "_12_9f8e image=u)",
            pod("ns", "web.v1")),
        Arguments.of(
            "-pk of 0.29",
            "18:08:40.584075795: Notice A shell was spawned (user=root k8s.ns=default"
                + " k8s.pod=mysql-db-1 container=3fc8155f9d1a cmdline=bash -il"
                + " container_id=3fc8155f9d1a image=mysql) k8s.ns=default k8s.pod=mysql-db-1"
                + " container=3fc8155f9d1a",
            pod("default", "mysql-db-1")),
        Arguments.of(
            "0.36 to 0.40",
            "13:14:27.811647863: Warning File below /etc (file=/etc/t command=touch /etc/t"
                + " container_id=bf74f1749e23 container_image=docker.io/library/nginx"
                + " container_image_tag=latest container_name=nginx k8s_ns=default"
                + " k8s_pod_name=nginx-1)",
            pod("default", "nginx-1")),
        Arguments.of(
            "from 0.41",
            "08:58:14.478370676: Warning Sensitive file | file=/etc/shadow command=cat /etc/shadow"
                + " container_id=4c908449279e container_name=nginx container_image_tag=latest"
                + " k8s_pod_name=nginx-2 k8s_ns_name=default",
            pod("default", "nginx-2")),
        Arguments.of(
            "bare name of containerd",
            "06:33:17.382603204: Error Package management (command=apk container_id=7a5ea6a080d1"
                + " container_name=nginx image=nginx)",
            new Place.Unknown("7a5ea6a080d1", "nginx")),
        Arguments.of(
            "the host, behind a journal's prefix",
            "Oct 31 03:28:29 controlplane falco[632]: 03:28:29.117105566: Error File below /root"
                + " (command=bash container_id=host image=<NA>)",
            new Place.Host()),
        Arguments.of(
            "the host, by %container.info",
            "Feb 13 20:33:20 node-1 falco: 20:33:20.106511423: Warning Shell history had been"
                + " deleted (command=zsh path=/root/.zsh_history host (id=host))",
            new Place.Host()),
        Arguments.of(
            "ISO time, host name",
            "2024-06-21T08:54:23.812791015+0000: Warning Sensitive file (command=cat /etc/shadow"
                + " container_id=host container_name=host)",
            new Place.Host()),
        Arguments.of(
            "a Kubernetes audit event",
            "10:52:03.348668000: Debug K8s Audit Event Detected: verb=create, user=aks, target=<NA>",
            new Place.Unknown("", "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("generations")
  void readsEveryGenerationOfText(String generation, String line, Place place) {
    assertThat(FalcoLine.parse(line).orElseThrow().place()).as(generation).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // a command line that names another pod
        "14:08:26.401677143: Error Package management process launched in container (user=root"
            + " command=apt container_id=aaaaaaaaaaaa container_name=k8s_c_victim_prod_"
            + UID
            + "_0 image=x) container_id=bbbbbbbbbbbb container_name=k8s_c_guilty_ns_"
            + UID
            + "_0 image=u:1)",
        "08:58:14.478370676: Error x | command=apt k8s_pod_name=victim k8s_ns_name=prod) k8s.ns=prod"
            + " k8s.pod=victim container_id=bbbbbbbbbbbb container_name=c k8s_pod_name=guilty"
            + " k8s_ns_name=ns",
        "18:21:22.657590195: Warning x (k8s.ns=ns k8s.pod=guilty container=4f63870599d0 cmdline=a"
            + " container_id=4f63870599d0 image=y:z) k8s.ns=ns k8s.pod=guilty container=4f63870599d0",
      })
  void believesWhatFalcoPutsAfterTheCommandLine(String line) {
    assertThat(FalcoLine.parse(line).orElseThrow().place()).isEqualTo(pod("ns", "guilty"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18:21:22.657590195: Warning x (k8s.ns=ns k8s.pod=guilty cmdline=a k8s.ns=prod"
            + " k8s.pod=victim image=y)",
        "18:21:22.657590195: Warning x (command=a container_name=k8s_c_victim_prod_"
            + UID
            + "_0 container_id=4f63870599d0 image=y)",
        "18:21:22.657590195: Warning x | command=a container_id=4f63870599d0"
            + " container_name=k8s_c_a_ns_"
            + UID
            + "_0 k8s_ns_name=ns k8s_pod_name=b",
        "18:21:22.657590195: Warning x | command=a container_id=4f63870599d0 k8s_ns_name=../etc"
            + " k8s_pod_name=a;id",
        "18:21:22.657590195: Warning x | command=a k8s_ns_name=ns k8s_pod_name=p"
            + " container_id=4f63870599d0 container_name=c k8s_ns_name=<NA> k8s_pod_name=<NA>",
      })
  void saysUnknownWhereALineContradictsItself(String line) {
    assertThat(FalcoLine.parse(line).orElseThrow().place()).isInstanceOf(Place.Unknown.class);
  }

  @Test
  void readsJsonAndPassesOverForgedText() {
    FalcoEvent event =
        FalcoLine.parse(
                "{\"hostname\":\"h\",\"output\":\"2026-07-09T18:09:30.941350554+0000: Warning Write"
                    + " (command=a container_id=bbbbbbbbbbbb k8s_ns_name=prod k8s_pod_name=victim)\","
                    + " \"output_fields\": {\"container.id\":\"253940ef2788\","
                    + "\"container.name\":\"c\",\"evt.time.iso8601\":1783620570941350554,"
                    + "\"k8s.ns.name\":\"ns\",\"k8s.pod.name\":\"guilty\",\"x\":[{}],\"y\":null},"
                    + "\"priority\":\"Warning\",\"rule\":\"Write\",\"source\":\"syscall\","
                    + "\"tags\":[\"container\",\"drift\"],\"time\":\"2026-07-09T18:09:30.9Z\"}")
            .orElseThrow();
    assertThat(event.place()).isEqualTo(pod("ns", "guilty"));
    assertThat(event.rule()).contains("Write");
    assertThat(event.tags()).contains(List.of("container", "drift"));
    assertThat(event.time()).isEqualTo("2026-07-09T18:09:30.9Z");
    assertThat(event.priority()).isEqualTo(FalcoPriority.WARNING);
    assertThat(event.output()).startsWith("Write (command=a");
  }

  @Test
  void readsJsonOfWhichPropertiesAreSwitchedOff() {
    FalcoEvent bare =
        FalcoLine.parse("{\"priority\":\"error\",\"rule\":\"R\",\"time\":\"t\"}").orElseThrow();
    assertThat(bare.place()).isEqualTo(new Place.Unknown("", ""));
    assertThat(bare.tags()).isEmpty();
    FalcoEvent text =
        FalcoLine.parse(
                "{\"output\":\"01:02:03.123456789: Error R | command=a container_id=bbbbbbbbbbbb"
                    + " k8s_pod_name=p k8s_ns_name=n\",\"priority\":\"Error\",\"rule\":\"R\"}")
            .orElseThrow();
    assertThat(text.place()).isEqualTo(pod("n", "p"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Fri Jun 24 10:00:00 2022: Falco version 0.32.0",
        "14:08:26.401677143: Shouting nothing",
        "14:08:26: Error no nanoseconds",
        "{\"output\":\"x\"",
        "{\"level\":\"info\"}",
        "[]",
        "{\"priority\":\"Error\",\"rule\":\"R\""
      })
  void takesNothingElseForAnAlert(String line) {
    assertThat(FalcoLine.parse(line)).isEmpty();
  }

  /** The real lines: how many alerts, and which places, each file of samples holds. */
  @Test
  void readsRealLinesOfAllVersions() throws IOException {
    Map<String, List<String>> expected =
        Map.of(
            "challenge4-2022.txt", List.of("eden-prime/eden-software2"),
            "journal-docker-names.txt",
                List.of(
                    "default/apache",
                    "unknown ced29b338f66",
                    "critical-apps/simple-webapp-1",
                    "host"),
            "plain-old-to-0.44.txt",
                List.of(
                    "unknown 7a5ea6a080d1",
                    "eden-prime/eden-software2",
                    "default/test-pod",
                    "unknown 84bf4e3e6def",
                    "default/nginx-5869d7778c-kfdjf"),
            "k8s-0.29-package.jsonl", List.of("red-ns/wordpress-66cd544579-cv29k"),
            "json-0.41-to-0.44.jsonl", List.of("unknown 253940ef2788", "unknown 01cdef08d09b"),
            "falco-website.jsonl",
                List.of(
                    "unknown ",
                    "default/alpine",
                    "openfaas-fn/falco-pod-delete-7dc9f5fbb8-gbfk7",
                    "default/alpine-deployment-77789455d6-m7flp",
                    "fission-function/poolmgr-go-default-516098-5bdbf8c8f5-g8gvc"),
            "falco-website.txt",
                List.of(
                    "unknown ",
                    "host",
                    "default/mysql-db-d5dc6b85d-77hrm",
                    "default/kuberecon",
                    "default/nginx-7854ff8877-h97p4",
                    "default/falco-bggd7"));
    for (Path file : SharedSamples.in("falco-logs", "")) {
      List<String> places =
          Files.readAllLines(file).stream()
              .map(line -> FalcoLine.parse(line).orElseThrow(() -> new AssertionError(line)))
              .map(event -> text(event.place()))
              .distinct()
              .toList();
      assertThat(places)
          .as(file.toString())
          .containsExactlyElementsOf(expected.get(file.getFileName().toString()));
    }
  }

  private static String text(Place place) {
    if (place instanceof Place.Pod pod) {
      return pod.ref().toString();
    }
    return place instanceof Place.Unknown lost
        ? "unknown " + lost.container()
        : place.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
