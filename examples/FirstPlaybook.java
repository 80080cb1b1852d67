import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;
import dev.belay.core.step.Handler;

public class FirstPlaybook {
  static final Handler RESTART = handler("restart falco", service("falco").restarted());

  public static void main(String[] args) {
    Belay.run(args, playbook("First playbook",
        play("app").on("all").become().tasks(
            directory("/opt/app").mode("0750"),
            file("/opt/app/motd").content("Hands off: kept by Belay.\n").mode("0644")),
        play("falco").on("all").become().tasks(
            pkg("falco").installed().environment("FALCO_FRONTEND", "noninteractive"),
            yaml("/etc/falco/falco.yaml").set("json_output", true).notifies(RESTART),
            service("falco-modern-bpf", "falco-kmod", "falco").running().enabled())));
  }
}
