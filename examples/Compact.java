import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;

// A compact source file, as Java 25 reads it: no class, no ceremony.
void main(String[] args) {
    Belay.run(args, playbook("Compact",
        play("motd").on(group("all")).become().tasks(
            file("/etc/motd").content("Hands off: kept by Belay.\n").mode("0644"))));
}
