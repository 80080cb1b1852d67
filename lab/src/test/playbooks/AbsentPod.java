//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;

/** Keeps the pod away that BELAY_LAB_POD names as NAMESPACE/NAME. */
public class AbsentPod {
  public static void main(String[] args) {
    String[] pod = System.getenv("BELAY_LAB_POD").split("/", 2);
    Belay.run(args, playbook("Absent pod",
        play("pod").on(group("control_plane")).become().tasks(pod(pod[0], pod[1]).absent())));
  }
}
