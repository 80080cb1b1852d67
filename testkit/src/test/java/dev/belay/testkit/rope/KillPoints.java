package dev.belay.testkit.rope;

import dev.belay.core.run.Connector;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Kills everything of a session on the host at its n-th step: each program that can change
 * something is a step before and a step after it.
 */
final class KillPoints {

  private static final String COUNT = "/run/belay-test-count";

  private static final List<String> PROGRAMS =
      List.of("mkdir", "mv", "cp", "rm", "ln", "rmdir", "chmod", "chown", "sync");

  private KillPoints() {}

  /** Shell text that counts; at the limit it kills its own process group. */
  private static String counting(int limit) {
    String count =
        "B_tick() { echo >>"
            + COUNT
            + "; ["
            + (limit == 0 ? " 1 = 1" : " $(command stat -c %s " + COUNT + ") -lt " + limit)
            + " ] || kill -9 0; }\n";
    return PROGRAMS.stream()
        .map(
            program ->
                program
                    + "() { B_tick; command "
                    + program
                    + " \"$@\"; B_STATUS=$?; B_tick; return $B_STATUS; }\n")
        .collect(Collectors.joining("", count, ""));
  }

  /** Returns the way to a host on which the session dies at a step; 0 for never. */
  static Connector at(Scene scene, int step) {
    scene.host.run(": >" + COUNT);
    return Tapped.prelude(scene.direct, counting(step));
  }

  /** Returns how many steps the session made. */
  static int counted(Scene scene) {
    return Integer.parseInt(scene.host.run("stat -c %s " + COUNT).strip());
  }
}
