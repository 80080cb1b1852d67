//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;
import dev.belay.core.step.Handler;

/** The smallest playbook with a bit of everything: files, a package, a service, a handler. */
public class FirstPlaybook {
  static final Handler RESTART_FALCO = handler("restart falco", service("falco").restarted());

  public static void main(String[] args) {
    Belay.run(args, playbook("First playbook",
        play("files").on(group("all")).become().tasks(
            directory("/opt/app").mode("0750"),
            file("/opt/app/motd").content("Hands off: kept by Belay.\n").mode("0644"),
            file("/opt/app/old.conf").absent(),
            command("ln", "-s", "motd", "/opt/app/readme").creates("/opt/app/readme").affects("/opt/app/readme")),
        play("falco").on(group("all")).become().tasks(
            pkg("falco").installed().environment("FALCO_FRONTEND", "noninteractive"),
            yaml("/etc/falco/falco.yaml").set("json_output", true).notifies(RESTART_FALCO),
            service("falco-modern-bpf", "falco-kmod", "falco").running().enabled())));
  }
}
