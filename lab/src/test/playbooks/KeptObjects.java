//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.dsl.Guards.*;
import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;
import dev.belay.core.builtin.kube.object.RoleGrant;
import dev.belay.core.builtin.kube.object.RoleRules;
import dev.belay.core.fact.object.ObjectKind;
import java.util.List;

/** Objects made, changed, bound anew and taken away in one guarded block; BELAY_LAB_GOOD keeps it. */
public class KeptObjects {
  static final String HOSTILE = "a 'b' \"c\" $(d) `e` ;f ?g #h";

  public static void main(String[] args) {
    Belay.run(args, playbook("Kept objects",
        play("objects").on(group("control_plane")).become().tasks(
            guarded(within(seconds(30)),
                until(commandSucceeds("test", System.getenv("BELAY_LAB_GOOD"), "=", "1")),
                role("citadel", HOSTILE).present(RoleRules.allow(List.of("get"), "pods")),
                roleBinding("citadel", HOSTILE).present(
                    RoleGrant.ofRole(HOSTILE).toUser("o'brien")),
                role("citadel", "webapp-viewer").present(
                    RoleRules.allow(List.of("get"), "pods", "configmaps")),
                roleBinding("citadel", "webapp-viewer").present(
                    RoleGrant.ofRole(HOSTILE).toUser("trinity")),
                object(ObjectKind.CONFIG_MAP, "omega", "omega-settings").present(
                    "data: {mode: loud}\n"),
                object(ObjectKind.SECRET, "citadel", "webapp-secret").absent(),
                pod("omega", "omega-app").absent()))));
  }
}
