import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;

/** Makes one of each kind immutable. */
public class ImmutableWorkloads {
  public static void main(String[] args) {
    Belay.run(args, playbook("Immutable workloads",
        play("immutable").on("all").become().tasks(
            immutabilityAudit(),
            immutable(deployment("omega", "web")).writable("/tmp", "/var/cache/web"),
            immutable(statefulSet("omega", "db")).writableIn("main", "/tmp"),
            immutable(daemonSet("omega", "agent")).writable("/tmp"),
            immutable(pod("omega", "omega-app")).writable("/tmp"))));
  }
}
