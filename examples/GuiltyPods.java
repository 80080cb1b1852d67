//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;
import dev.belay.core.builtin.kube.syscall.Syscalls;
import java.time.Duration;

/** Pods that send signals: their owners are scaled to 0, those that nothing owns are deleted. */
public class GuiltyPods {
  static final Syscalls WATCH =
      syscalls("team-red", "*").forbidden("kill").watchedFor(Duration.ofSeconds(5));

  public static void main(String[] args) {
    Belay.run(args, playbook("Guilty pods",
        play("guilty pods").on("control_plane").become().tasks(
            guiltyPods(WATCH).ownersScaledToZero(),
            guiltyPods(WATCH).absent())));
  }
}
