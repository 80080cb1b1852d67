//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.playbooks.kube.ControlPlaneAudit.playbook;

import dev.belay.cli.Belay;
import dev.belay.playbooks.kube.AuditSettings;
import dev.belay.playbooks.kube.ControlPlaneAudit.Settings;
import dev.belay.playbooks.kube.LogRetention;

/** Turns on auditing in the API server and installs Falco: the host part of CKS Challenge 4. */
public class ControlPlaneAudit {
  public static void main(String[] args) {
    Settings settings =
        Settings.usual("control_plane").audit(AuditSettings.usual().retention(LogRetention.CIS_MINIMUM));
    Belay.run(args, playbook(settings));
  }
}
