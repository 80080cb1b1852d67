//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;
import dev.belay.core.builtin.kube.object.RoleGrant;
import dev.belay.core.builtin.kube.object.RoleRules;
import dev.belay.core.fact.object.ObjectKind;
import java.util.List;

/** Objects of the cluster as steps: kept, taken away, and brought back by a rollback. */
public class ClusterObjects {
  public static void main(String[] args) {
    Belay.run(args, playbook("Cluster objects",
        play("citadel").on(group("control_plane")).become().tasks(
            pod("eden-prime", "eden-software2").absent(),
            role("citadel", "config-reader").present(
                RoleRules.allow(List.of("get", "list"), "configmaps")),
            roleBinding("citadel", "config-reader").present(
                RoleGrant.ofRole("config-reader").toUser("trinity")),
            object(ObjectKind.CONFIG_MAP, "omega", "mode").present("data: {mode: quiet}\n"),
            cannot("trinity", "delete", "pods", "citadel"))));
  }
}
