package dev.belay.testkit.host;

import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Containers of pods on an embedded host, for whoever watches their system calls: shell text that
 * starts a real process for each, keeps its log as kubelet does, and lets {@code /proc} tell a
 * cgroup of its own. They go on until the host ends, whatever becomes of their pods. Immutable.
 *
 * @param commands one for each container
 */
public record WatchedContainers(List<String> commands) {

  /** None. */
  public static final WatchedContainers NONE = new WatchedContainers(List.of());

  private static final String LOGS = "/var/log/containers";
  private static final String GROUPS = "/run/belay-standin/cgroups";

  /** Copies the list. */
  public WatchedContainers {
    commands = List.copyOf(commands);
  }

  /** Returns these and a container that keeps sending no signal to nobody, by kill(2). */
  public WatchedContainers killing(String namespace, String pod, String container) {
    return with(namespace, pod, container, "kill -0 999999999 2>/dev/null");
  }

  /** Returns these and a container that does nothing in particular. */
  public WatchedContainers idle(String namespace, String pod, String container) {
    return with(namespace, pod, container, ":");
  }

  private WatchedContainers with(String namespace, String pod, String container, String does) {
    String id = String.format(Locale.ROOT, "c0ffee%058x", commands.size() + 1);
    String log = LOGS + "/" + pod + "_" + namespace + "_" + container + "-" + id + ".log";
    String group = GROUPS + "/" + id;
    List<String> more = new ArrayList<>(commands);
    more.add(
        ": >"
            + Sh.quote(log)
            + " && echo 0::/kubepods/"
            + id
            + " >"
            + group
            + " && { setsid sh -c "
            + Sh.quote("while :; do " + does + "; sleep 0.1; done")
            + " </dev/null >/dev/null 2>&1 & } && mount --bind "
            + group
            + " /proc/$!/cgroup");
    return new WatchedContainers(more);
  }

  /** Returns the shell text that starts them. */
  public String arrange() {
    return "mkdir -p " + LOGS + " " + GROUPS + " && " + String.join(" && ", commands);
  }
}
