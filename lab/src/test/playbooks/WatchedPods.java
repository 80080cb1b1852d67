import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Plays.playbook;
import static dev.belay.dsl.Steps.syscalls;

import dev.belay.cli.Belay;
import java.time.Duration;

/** Watches what the pods of a namespace call, for as many seconds as BELAY_LAB_SECONDS says. */
public class WatchedPods {
  public static void main(String[] args) {
    long seconds = Long.parseLong(System.getenv("BELAY_LAB_SECONDS"));
    Belay.run(
        args,
        playbook(
            "Watched pods",
            play("system calls")
                .on("all")
                .become()
                .tasks(
                    syscalls("team-red", "*")
                        .forbidden("kill", "ptrace")
                        .watchedFor(Duration.ofSeconds(seconds)))));
  }
}
