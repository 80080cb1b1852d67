package dev.belay.cli;

import static dev.belay.core.builtin.kube.audit.GroupResources.core;
import static dev.belay.core.builtin.kube.audit.Rule.rule;
import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Plays.playbook;
import static dev.belay.dsl.Steps.auditPolicy;
import static dev.belay.dsl.Steps.directory;
import static dev.belay.dsl.Steps.staticPod;

import dev.belay.core.builtin.kube.HostPathVolume;
import dev.belay.core.builtin.kube.Readiness;
import dev.belay.core.builtin.kube.StaticPod;
import dev.belay.core.builtin.kube.audit.Level;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
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

  /** The stand-in answers within a second; a machine under load may take longer. */
  private static final Readiness WAIT =
      new Readiness(Duration.ofSeconds(40), Duration.ofSeconds(2));

  private static final Readiness SHORT_WAIT =
      new Readiness(Duration.ofSeconds(8), Duration.ofSeconds(2));

  private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
  private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
  private static final String LOGS = "/var/log/kubernetes/audit";

  /** Returns the playbook that audits a control plane, and the same with a flag mistyped. */
  static DemoPlaybooks controlPlane() {
    return new DemoPlaybooks(
        EmbeddedHost.Options.defaults(),
        audit(apiServer().ready(WAIT)),
        "ControlPlaneAudit.java",
        audit(apiServer().flag("audit-log-maxage", "a-month").ready(SHORT_WAIT)),
        "Mistaken.java",
        List.of(
            "The same playbook with a mistake: --audit-log-maxage=a-month, which is no number.",
            "The API server does not start with it. Belay notices, shows what the server said,",
            "restores the manifest, and waits until the old server is healthy again."),
        MANIFEST);
  }

  private static Playbook audit(StaticPod apiServer) {
    return playbook(
        "Control plane audit",
        play("API server")
            .tasks(
                directory(LOGS).mode("0700"),
                auditPolicy(POLICY, Policy.policy(rule(Level.METADATA).resources(core("pods")))),
                apiServer));
  }

  private static StaticPod apiServer() {
    return staticPod(MANIFEST, "kube-apiserver")
        .flag("audit-policy-file", POLICY)
        .flag("audit-log-path", LOGS + "/audit.log")
        .volume(HostPathVolume.readOnlyFile("audit", RemotePath.of(POLICY)))
        .volume(HostPathVolume.directory("audit-log", RemotePath.of(LOGS)))
        .reloadedBy(RemotePath.of(POLICY));
  }
}
