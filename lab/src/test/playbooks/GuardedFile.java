//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.dsl.Guards.apiServerReady;
import static dev.belay.dsl.Guards.guarded;
import static dev.belay.dsl.Guards.seconds;
import static dev.belay.dsl.Guards.until;
import static dev.belay.dsl.Guards.within;
import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Plays.playbook;
import static dev.belay.dsl.Steps.file;
import static dev.belay.dsl.Steps.localFile;

import dev.belay.cli.Belay;

/** Writes BELAY_LAB_FILE of this machine to BELAY_LAB_PATH, until the API server is seen ready. */
public class GuardedFile {
  public static void main(String[] args) {
    Belay.run(
        args,
        playbook(
            "Write a file on a rope",
            play("write")
                .on("all")
                .become()
                .tasks(
                    guarded(
                        within(seconds(45)),
                        until(apiServerReady()),
                        file(System.getenv("BELAY_LAB_PATH"))
                            .content(localFile(System.getenv("BELAY_LAB_FILE")))))));
  }
}
