package dev.belay.core.builtin.falco;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.BeyondHost;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The containers that the node's runtime knows, also ended ones, with their pods; none where there
 * is no crictl or it cannot answer.
 */
public record ContainersFact() implements BeyondHost<Map<String, PodRef>> {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @Override
  public String question() {
    return "! command -v crictl >/dev/null 2>&1 || timeout 20 crictl ps -a -o json";
  }

  /** Reads {@code crictl ps -o json}; kubelet labels each container with its pod. */
  @Override
  public Map<String, PodRef> parse(Answer answer) {
    Map<String, PodRef> pods = new HashMap<>();
    if (answer.exit() != 0 || answer.text().isBlank()) {
      return pods;
    }
    try {
      for (JsonNode container : MAPPER.readTree(answer.out()).path("containers")) {
        JsonNode labels = container.path("labels");
        Optional<PodRef> pod =
            PodRef.of(
                labels.path("io.kubernetes.pod.namespace").asString(""),
                labels.path("io.kubernetes.pod.name").asString(""));
        pod.ifPresent(ref -> pods.put(container.path("id").asString(""), ref));
      }
      return pods;
    } catch (JacksonException noJson) {
      return Map.of();
    }
  }

  @Override
  public String toString() {
    return "containers of crictl";
  }
}
