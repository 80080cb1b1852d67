//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.core.builtin.falco.FalcoPriority.WARNING;
import static dev.belay.dsl.Falco.*;
import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;
import dev.belay.core.step.Handler;

/** Rules of Falco, one of them changed, and the pods that call what they must not. */
public class RuntimeSecurity {
  static final Handler RESTART = handler("restart falco",
      service("falco-modern-bpf", "falco-kmod", "falco").restarted());

  public static void main(String[] args) {
    Belay.run(args, playbook("Runtime security",
        play("falco").on("control_plane").become().tasks(
            pkg("falco").installed().environment("FALCO_FRONTEND", "noninteractive"),
            falcoRules(rules(
                macro("of_history", "evt.type in (unlink, rename) and fd.name endswith _history"),
                rule("Delete shell history").condition("of_history and container")
                    .output("History lost (%user.name %container.name)").priority(WARNING),
                changedRule("Terminal shell in container")
                    .output("%evt.time.s,%container.name,%user.name"))).notifies(RESTART)),
        play("system calls").on("control_plane").become().tasks(
            syscalls("team-red", "collector*").forbidden("kill"))));
  }
}
