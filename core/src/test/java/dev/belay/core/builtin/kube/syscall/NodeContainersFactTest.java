package dev.belay.core.builtin.kube.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.falco.PodRef;
import dev.belay.core.fact.Answer;
import dev.belay.core.fact.FailedFactException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

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

  private static List<ContainerRef> parse(String text) {
    return new NodeContainersFact().parse(new Answer(0, text.getBytes(StandardCharsets.UTF_8), ""));
  }
}
