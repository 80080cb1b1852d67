//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;

/** Makes a deployment immutable and proves it by writing, then lists which containers are not. */
public class Immutable {
  public static void main(String[] args) {
    Belay.run(args, playbook("Immutable containers",
        play("immutable").on("control_plane").become().tasks(
            immutable(deployment("citadel", "web")).writable("/tmp", "/var/cache/nginx"),
            immutabilityAudit())));
  }
}
