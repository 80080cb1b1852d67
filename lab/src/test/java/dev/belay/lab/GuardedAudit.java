package dev.belay.lab;

import static dev.belay.dsl.Guards.apiServerReady;
import static dev.belay.dsl.Guards.guarded;
import static dev.belay.dsl.Guards.seconds;
import static dev.belay.dsl.Guards.until;
import static dev.belay.dsl.Guards.within;
import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Steps.auditPolicy;
import static dev.belay.dsl.Steps.directory;
import static dev.belay.dsl.Steps.staticPod;

import dev.belay.core.builtin.kube.HostPathVolume;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.playbooks.kube.AuditSettings;
import java.time.Duration;

/** Auditing turned on inside a guarded block: what a broken controller leaves to the host. */
final class GuardedAudit {

  /** How long the host waits for a controller to come back. */
  static final Duration WITHIN = seconds(45);

  private GuardedAudit() {}

  static Playbook playbook() {
    var policy = RemotePath.of(AuditSettings.POLICY);
    var logs = RemotePath.of(AuditSettings.LOG_DIRECTORY);
    return dev.belay.dsl.Plays.playbook(
        "Guarded audit",
        play("audit")
            .on("all")
            .become()
            .tasks(
                guarded(
                    within(WITHIN),
                    until(apiServerReady(AuditSettings.usual().policy())),
                    directory(AuditSettings.LOG_DIRECTORY).mode("0700"),
                    auditPolicy(AuditSettings.POLICY, AuditSettings.usual().policy()),
                    staticPod(LabHost.MANIFEST, "kube-apiserver")
                        .flag("audit-policy-file", AuditSettings.POLICY)
                        .flag("audit-log-path", AuditSettings.LOG_DIRECTORY + "/audit.log")
                        .volume(HostPathVolume.readOnlyFile("audit", policy))
                        .volume(HostPathVolume.directory("audit-log", logs))
                        .reloadedBy(policy))));
  }
}
