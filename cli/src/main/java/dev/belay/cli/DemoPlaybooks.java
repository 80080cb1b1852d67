package dev.belay.cli;

import dev.belay.core.builtin.kube.Readiness;
import dev.belay.core.playbook.Playbook;
import dev.belay.playbooks.kube.AuditSettings;
import dev.belay.playbooks.kube.ControlPlaneAudit;
import dev.belay.testkit.host.EmbeddedHost;
import java.time.Duration;
import java.util.List;

/**
 * What the demo runs.
 *
 * @param host what the throwaway host holds
 * @param wanted the playbook of the first three acts
 * @param fileName its file, as a user would type it
 * @param mistaken the same with a mistake that a health condition notices
 * @param mistakenFileName its file, as a user would type it
 * @param mistakeSays what the mistake is and what will be seen
 * @param proof path of a file that the mistake changes and the rollback restores
 */
record DemoPlaybooks(
    EmbeddedHost.Options host,
    Playbook wanted,
    String fileName,
    Playbook mistaken,
    String mistakenFileName,
    List<String> mistakeSays,
    String proof) {

  private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";

  /** Returns the ready playbook that audits a control plane, and the same with a flag mistaken. */
  static DemoPlaybooks controlPlane() {
    AuditSettings audit =
        AuditSettings.usual().ready(new Readiness(Duration.ofSeconds(15), Duration.ofSeconds(2)));
    return new DemoPlaybooks(
        EmbeddedHost.Options.defaults(),
        playbook(audit),
        "ControlPlaneAudit.java",
        playbook(audit.flag("audit-log-maxage", "a-month")),
        "Mistaken.java",
        List.of(
            "The same playbook with a mistake: --audit-log-maxage=a-month, which is no number.",
            "The API server does not start with it. Belay notices, shows what the server said,",
            "restores the manifest, and waits until the old server is healthy again."),
        MANIFEST);
  }

  private static Playbook playbook(AuditSettings audit) {
    return ControlPlaneAudit.playbook(ControlPlaneAudit.Settings.usual("all").audit(audit));
  }
}
