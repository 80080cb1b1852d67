package dev.belay.core.builtin.kube.syscall;

import dev.belay.core.builtin.falco.PodRef;
import dev.belay.core.fact.Answer;
import dev.belay.core.fact.BeyondHost;
import dev.belay.core.fact.FailedFactException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The containers of the pods on a node: those that crictl says are running; where there is no
 * crictl, or its runtime does not answer, those of which kubelet keeps a log in {@code
 * /var/log/containers}, also ended ones. A crictl that does not answer on a host without these is a
 * failure: nobody knows then what runs.
 */
public record NodeContainersFact() implements BeyondHost<List<ContainerRef>> {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** As kubelet names them: kubernetes pkg/kubelet/kuberuntime/legacy.go, logSymlink. */
  private static final Pattern LOG =
      Pattern.compile("([^_]+)_([^_]+)_([^_]+)-([0-9a-f]{64})\\.log");

  @Override
  public String question() {
    return """
        if command -v crictl >/dev/null 2>&1; then
          if B_J=$(timeout 20 crictl ps -o json 2>/dev/null); then printf '%s\\n' "$B_J"; exit 0; fi
          if B_J=$(timeout 20 crictl ps --no-trunc 2>/dev/null && timeout 20 crictl pods --no-trunc 2>/dev/null)
          then printf 'tables\\n%s\\n' "$B_J"; exit 0; fi
          [ -e /var/log/containers ] || { echo 'crictl does not answer, and there is no /var/log/containers' >&2; exit 1; }
        fi
        [ ! -e /var/log/containers ] || ls /var/log/containers
        """;
  }

  @Override
  public List<ContainerRef> parse(Answer answer) {
    if (answer.exit() != 0) {
      throw new FailedFactException(
          "cannot list the containers of the node: " + answer.err(),
          "run with become, and see what crictl ps says on the host");
    }
    String text = answer.text();
    return found(text).stream()
        .distinct()
        .sorted(
            Comparator.comparing(ContainerRef::pod)
                .thenComparing(ContainerRef::name)
                .thenComparing(ContainerRef::id))
        .toList();
  }

  private static List<ContainerRef> found(String text) {
    if (text.startsWith("{")) {
      return ofCrictl(text);
    }
    return text.startsWith("tables\n") ? ofTables(text) : ofLogs(text);
  }

  private static List<ContainerRef> ofTables(String text) {
    CrictlTable table = CrictlTable.read(text.lines().toList());
    List<ContainerRef> found = new ArrayList<>();
    for (CrictlTable.Container container : table.containers()) {
      table
          .podOf(container)
          .filter(pod -> container.running())
          .flatMap(pod -> ref(pod.namespace(), pod.name(), container.name(), container.id()))
          .ifPresent(found::add);
    }
    return found;
  }

  private static List<ContainerRef> ofCrictl(String json) {
    List<ContainerRef> found = new ArrayList<>();
    try {
      for (JsonNode container : MAPPER.readTree(json).path("containers")) {
        JsonNode labels = container.path("labels");
        ref(
                labels.path("io.kubernetes.pod.namespace").asString(""),
                labels.path("io.kubernetes.pod.name").asString(""),
                labels.path("io.kubernetes.container.name").asString(""),
                container.path("id").asString(""))
            .ifPresent(found::add);
      }
      return found;
    } catch (JacksonException noJson) {
      throw new FailedFactException(
          "crictl ps -o json printed no JSON: " + noJson.getOriginalMessage(),
          "run crictl ps on the host and see what it says");
    }
  }

  private static List<ContainerRef> ofLogs(String names) {
    List<ContainerRef> found = new ArrayList<>();
    for (String name : names.split("\n")) {
      Matcher log = LOG.matcher(name);
      if (log.matches()) {
        ref(log.group(2), log.group(1), log.group(3), log.group(4)).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<ContainerRef> ref(String namespace, String pod, String name, String id) {
    boolean fits = id.matches("[0-9a-f]{64}") && name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    return fits
        ? PodRef.of(namespace, pod).map(ref -> new ContainerRef(ref, name, id))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "containers of the node";
  }
}
