import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;
import java.time.Duration;

/** Makes a deployment immutable whose program writes to its root. */
public class ImmutableNeedy {
  public static void main(String[] args) {
    Belay.run(args, playbook("Immutable needy",
        play("immutable").on("all").become().tasks(
            immutable(deployment("omega", "needy")).within(Duration.ofSeconds(40)))));
  }
}
