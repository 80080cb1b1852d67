import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Plays.playbook;
import static dev.belay.dsl.Steps.guiltyPods;
import static dev.belay.dsl.Steps.syscalls;

import dev.belay.cli.Belay;
import dev.belay.core.builtin.kube.syscall.Syscalls;
import java.time.Duration;

/** Scales the owners of guilty pods to 0, and deletes the one that nothing owns. */
public class GuiltyPods {
  public static void main(String[] args) {
    Belay.run(
        args,
        playbook(
            "Guilty pods",
            play("guilty pods")
                .on("all")
                .become()
                .tasks(
                    guiltyPods(watch("team-red")).ownersScaledToZero(),
                    guiltyPods(watch("team-blue")).absent())));
  }

  private static Syscalls watch(String namespace) {
    return syscalls(namespace, "*").forbidden("kill", "ptrace").watchedFor(Duration.ofSeconds(8));
  }
}
