package dev.belay.core.builtin.kube.syscall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code crictl ps} and {@code crictl pods} print for people, for a crictl that has no JSON.
 *
 * @param containers rows of {@code crictl ps}
 * @param pods rows of {@code crictl pods}
 */
record CrictlTable(List<Container> containers, List<Pod> pods) {

  private static final String ID = "[0-9a-f]{12,64}";
  private static final Set<String> CONTAINER_STATES =
      Set.of("Running", "Exited", "Created", "Unknown");
  private static final Set<String> POD_STATES = Set.of("Ready", "NotReady");

  /**
   * A row of {@code crictl ps}.
   *
   * @param id of the container; its first 13 digits unless asked for all
   * @param running whether it runs
   * @param name of the container
   * @param pod id of its pod, cut like the other
   */
  record Container(String id, boolean running, String name, String pod) {}

  /**
   * A row of {@code crictl pods}.
   *
   * @param id of the pod's sandbox
   * @param name of the pod
   * @param namespace of the pod
   */
  record Pod(String id, String name, String namespace) {}

  /** Reads the rows among lines; columns stand at least two blanks apart. Pure. */
  static CrictlTable read(List<String> lines) {
    List<Container> containers = new ArrayList<>();
    List<Pod> pods = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.strip().split("\\s{2,}|\t");
      if (cells.length >= 7 && cells[0].matches(ID) && CONTAINER_STATES.contains(cells[3])) {
        containers.add(new Container(cells[0], cells[3].equals("Running"), cells[4], cells[6]));
      } else if (cells.length >= 6 && cells[0].matches(ID) && POD_STATES.contains(cells[2])) {
        pods.add(new Pod(cells[0], cells[3], cells[4]));
      }
    }
    return new CrictlTable(List.copyOf(containers), List.copyOf(pods));
  }

  /** Returns the pod of a container, if it is among the rows. */
  Optional<Pod> podOf(Container container) {
    return pods.stream().filter(pod -> pod.id().equals(container.pod())).findFirst();
  }
}
