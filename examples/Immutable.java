//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;

/** Lists which containers are not immutable, then makes those of a deployment so, with a proof. */
public class Immutable {
  public static void main(String[] args) {
    Belay.run(args, playbook("Immutable containers",
        play("immutable").on("control_plane").become().tasks(
            immutabilityAudit(),
            immutable(deployment("citadel", "web")).writable("/tmp", "/var/cache/nginx"))));
  }
}
