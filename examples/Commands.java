//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;

/** Commands where no step fits: guarded, so that they run only when needed, and undone by another. */
public class Commands {
  public static void main(String[] args) {
    Belay.run(args, playbook("Commands",
        play("links").on(group("control_plane")).become().tasks(
            directory("/opt/app"),
            file("/opt/app/old.conf").absent(),
            command("ln", "-s", "/etc/kubernetes", "/opt/app/link")
                .creates("/opt/app/link").affects("/opt/app").undoneBy("rm", "/opt/app/link")
                .named("a link to the manifests")
                .when(exists("/etc/kubernetes").and(not(exists("/opt/app/unmanaged"))))
                .tagged("links"))));
  }
}
