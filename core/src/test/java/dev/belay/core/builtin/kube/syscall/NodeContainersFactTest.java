package dev.belay.core.builtin.kube.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.SharedSamples;
import dev.belay.core.builtin.falco.PodRef;
import dev.belay.core.fact.Answer;
import dev.belay.core.fact.FailedFactException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeContainersFactTest {

  private static final String ID = "4bb5785dd832".repeat(5) + "6abc";

  @Test
  void readsWhatCrictlSays() {
    String json =
        """
        {"containers": [
          {"id": "%s", "state": "CONTAINER_RUNNING", "labels": {
            "io.kubernetes.pod.namespace": "team-red", "io.kubernetes.pod.name": "collector1-abc",
            "io.kubernetes.container.name": "main"}},
          {"id": "$(reboot)", "labels": {"io.kubernetes.pod.namespace": "a",
            "io.kubernetes.pod.name": "b", "io.kubernetes.container.name": "c"}},
          {"id": "%s", "labels": {"io.kubernetes.pod.namespace": "../x",
            "io.kubernetes.pod.name": "b", "io.kubernetes.container.name": "c"}},
          {"id": "%s"}]}
        """
            .formatted(ID, ID, ID);

    assertThat(parse(json))
        .containsExactly(new ContainerRef(new PodRef("team-red", "collector1-abc"), "main", ID));
    assertThat(parse("{\"containers\": null}")).isEmpty();
    assertThatThrownBy(() -> parse("{\"containers")).isInstanceOf(FailedFactException.class);
  }

  @Test
  void readsTheLogsThatKubeletKeepsWhereThereIsNoCrictl() {
    String other = ID.replace('4', '5');
    assertThat(
            parse(
                "web-7d4-x.y_team-red_main-"
                    + ID
                    + ".log\nweb-7d4-x.y_team-red_side-car-"
                    + other
                    + ".log\nkeep.me\nx_y_z-123.log\na_b'; reboot_c-"
                    + ID
                    + ".log\n"))
        .containsExactly(
            new ContainerRef(new PodRef("team-red", "web-7d4-x.y"), "main", ID),
            new ContainerRef(new PodRef("team-red", "web-7d4-x.y"), "side-car", other));
    assertThat(parse("")).isEmpty();
  }

  @Test
  void readsTheTablesOfACrictlWithoutJson() {
    String sandbox = ID.replace('b', 'c');
    assertThat(
            parse(
                """
                tables
                CONTAINER   IMAGE   CREATED   STATE   NAME   ATTEMPT   POD ID
                %s  nginx@sha256:1   46 minutes ago      Running             main            0    %s
                %s  nginx@sha256:1   2 hours ago         Exited              main            0    %s
                POD ID   CREATED   STATE   NAME   NAMESPACE   ATTEMPT   RUNTIME
                %s   47 minutes ago   Ready   collector1-abc   team-red   0   (default)
                """
                    .formatted(ID, sandbox, ID.replace('4', '5'), sandbox, sandbox)))
        .containsExactly(new ContainerRef(new PodRef("team-red", "collector1-abc"), "main", ID));
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 1"})
  void fallsBackOnKubeletsLogsWhereCrictlDoesNotAnswer(boolean logs, int exit, @TempDir Path dir)
      throws Exception {
    Files.writeString(dir.resolve("crictl"), "#!/bin/sh\nexit 1\n");
    assertThat(dir.resolve("crictl").toFile().setExecutable(true)).isTrue();
    String log = "web_team-red_main-" + ID + ".log";
    if (logs) {
      Files.createFile(Files.createDirectory(dir.resolve("logs")).resolve(log));
    }
    String question =
        new NodeContainersFact()
            .question()
            .replace("/var/log/containers", dir.resolve("logs").toString());
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", question);
    shell.environment().merge("PATH", dir + ":", (path, first) -> first + path);
    Process asked = shell.start();
    byte[] out = asked.getInputStream().readAllBytes();
    String err = new String(asked.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(asked.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(asked.exitValue()).as(err).isEqualTo(exit);
    Answer answer = new Answer(exit, out, err);
    if (logs) {
      assertThat(new NodeContainersFact().parse(answer)).hasSize(1);
    } else {
      assertThatThrownBy(() -> new NodeContainersFact().parse(answer))
          .isInstanceOf(FailedFactException.class)
          .hasMessageContaining("crictl does not answer");
    }
  }

  @Test
  void readsTheSample() throws IOException {
    for (Path sample : SharedSamples.in("node-output", "crictl")) {
      CrictlTable table = CrictlTable.read(Files.readAllLines(sample));

      assertThat(table.containers())
          .containsExactly(
              new CrictlTable.Container("4bb5785dd8326", true, "eden-software2", "5324aa1576e98"));
      assertThat(table.podOf(table.containers().get(0)))
          .contains(new CrictlTable.Pod("5324aa1576e98", "eden-software2", "eden-prime"));
    }
  }

  private static List<ContainerRef> parse(String text) {
    return new NodeContainersFact().parse(new Answer(0, text.getBytes(StandardCharsets.UTF_8), ""));
  }
}
