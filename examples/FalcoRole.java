import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;
import dev.belay.core.step.Handler;
import java.util.List;
import java.util.Optional;

/** A role of Ansible, rewritten: docs/for-ansible-users.md has both side by side. */
public class FalcoRole {
  record Falco(Optional<Boolean> falcoJsonOutput, Optional<String> falcoPriority) {}

  static final Handler RESTART = handler("restart falco", service("falco").restarted());

  public static void main(String[] args) {
    Belay.run(args, playbook("Falco",
        play("falco").on("all").become().with(Falco.class, falco -> List.of(
            pkg("falco").installed().environment("FALCO_FRONTEND", "noninteractive"),
            yaml("/etc/falco/falco.yaml")
                .set("json_output", falco.falcoJsonOutput().orElse(true))
                .set("priority", falco.falcoPriority().orElse("notice"))
                .notifies(RESTART),
            service("falco-modern-bpf", "falco-kmod", "falco").running().enabled()))));
  }
}
