//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.playbooks.kube.ControlPlaneAudit.playbook;

import dev.belay.cli.Belay;
import dev.belay.playbooks.kube.AuditSettings;
import dev.belay.playbooks.kube.ControlPlaneAudit.Settings;

/** Turns auditing on with one more flag of the API server, NAME=VALUE in BELAY_LAB_FLAG. */
public class AuditWithFlag {
  public static void main(String[] args) {
    String[] flag = System.getenv("BELAY_LAB_FLAG").split("=", 2);
    AuditSettings audit = AuditSettings.usual().flag(flag[0], flag[1]);
    Belay.run(args, playbook(Settings.usual("control_plane").audit(audit)));
  }
}
