//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.playbooks.kube.IncidentReport.playbook;

import dev.belay.cli.Belay;
import dev.belay.playbooks.kube.IncidentReport.Settings;

/** Names who changes things in a namespace and which pods install packages: CKS Challenge 4. */
public class IncidentReport {
  public static void main(String[] args) {
    Belay.run(args, playbook(Settings.usual("control_plane")));
  }
}
