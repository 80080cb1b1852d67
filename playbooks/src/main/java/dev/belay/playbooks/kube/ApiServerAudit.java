package dev.belay.playbooks.kube;

import static dev.belay.dsl.Guards.apiServerReady;
import static dev.belay.dsl.Guards.guarded;
import static dev.belay.dsl.Guards.until;
import static dev.belay.dsl.Guards.within;
import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Steps.auditPolicy;
import static dev.belay.dsl.Steps.directory;
import static dev.belay.dsl.Steps.staticPod;

import dev.belay.core.builtin.kube.HostPathVolume;
import dev.belay.core.builtin.kube.StaticPod;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.ReversibleItem;
import java.time.Duration;
import java.util.List;

/**
 * Turns on auditing in the API server of kubeadm control-plane hosts: policy, flags and the volumes
 * without which the flags do nothing.
 *
 * <p>All of it is one guarded block, as in {@link ControlPlaneAudit}, which installs Falco besides.
 */
public final class ApiServerAudit {

  /** What the guard waits longer than the API server itself is waited for. */
  static final Duration MARGIN = Duration.ofSeconds(30);

  private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";

  private ApiServerAudit() {}

  /**
   * Returns the playbook.
   *
   * @param hosts pattern of the hosts
   * @param audit what the API server audits
   */
  public static Playbook playbook(String hosts, AuditSettings audit) {
    return dev.belay.dsl.Plays.playbook(
        "Audit on control planes",
        play("audit")
            .on(hosts)
            .become()
            .tasks(
                guarded(
                    within(audit.readiness().within().plus(MARGIN)),
                    until(apiServerReady(audit.policy())),
                    items(audit).toArray(ReversibleItem[]::new))));
  }

  /** Returns the tasks, in the order in which the API server needs what they make. */
  static List<ReversibleItem> items(AuditSettings audit) {
    return List.of(
        directory(AuditSettings.LOG_DIRECTORY).mode("0700").tagged("audit"),
        auditPolicy(AuditSettings.POLICY, audit.policy()).tagged("audit"),
        apiServer(audit).tagged("audit"));
  }

  private static StaticPod apiServer(AuditSettings audit) {
    StaticPod pod =
        staticPod(MANIFEST, "kube-apiserver")
            .flag("audit-policy-file", AuditSettings.POLICY)
            .flag("audit-log-path", AuditSettings.LOG_DIRECTORY + "/audit.log")
            .volume(HostPathVolume.readOnlyFile("audit", RemotePath.of(AuditSettings.POLICY)))
            .volume(
                HostPathVolume.directory("audit-log", RemotePath.of(AuditSettings.LOG_DIRECTORY)))
            .reloadedBy(RemotePath.of(AuditSettings.POLICY))
            .ready(audit.readiness());
    for (var flag : audit.flags().entrySet()) {
      pod = pod.flag(flag.getKey(), flag.getValue());
    }
    return pod;
  }
}
