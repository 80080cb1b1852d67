//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.core.builtin.kube.audit.GroupResources.core;
import static dev.belay.core.builtin.kube.audit.Policy.policy;
import static dev.belay.core.builtin.kube.audit.Rule.rule;
import static dev.belay.playbooks.kube.ApiServerAudit.playbook;

import dev.belay.cli.Belay;
import dev.belay.core.builtin.kube.audit.Level;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.builtin.kube.audit.Stage;
import dev.belay.core.builtin.kube.audit.Verb;
import dev.belay.playbooks.kube.AuditSettings;

/** Audits who deletes one pod, with all that was said; keeps the log as long as CIS asks for. */
public class AuditPolicy {
  static final Policy POLICY =
      policy(
              rule(Level.REQUEST_RESPONSE)
                  .namespaces("prod-namespace")
                  .verbs(Verb.DELETE)
                  .resources(core("pods").named("webapp-pod")))
          .omitStages(Stage.REQUEST_RECEIVED);

  public static void main(String[] args) {
    Belay.run(args, playbook("control_plane", AuditSettings.of(POLICY)));
  }
}
