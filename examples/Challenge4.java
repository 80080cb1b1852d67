//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.playbooks.kube.Challenge4.playbook;

import dev.belay.cli.Belay;
import dev.belay.playbooks.kube.Challenge4.Settings;

/** CKS Challenge 4 as a whole: auditing, Falco, the report, and only what is guilty goes. */
public class Challenge4 {
  public static void main(String[] args) {
    Belay.run(args, playbook(Settings.usual("control_plane")));
  }
}
