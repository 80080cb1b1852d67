package dev.belay.core.builtin.falco.rules;

import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import dev.belay.core.step.Health;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The proof that Falco takes its rules files, before it is restarted with them: a Falco that runs
 * goes on with the old ones when it refuses new ones, and looks healthy.
 */
final class RulesHealth {

  private static final Duration WITHIN = Duration.ofMinutes(4);

  private RulesHealth() {}

  /**
   * Returns the condition.
   *
   * @param path the file that was written
   * @param files all that Falco loads, in order: a file alone would miss the macros of those before
   */
  static Health of(RemotePath path, List<RemotePath> files, FalcoVersion version) {
    String validate =
        "falco "
            + files.stream().map(file -> "-V " + Sh.quote(file)).collect(Collectors.joining(" "));
    String all = tried(validate) + (version.knowsDryRun() ? " && " + tried("falco --dry-run") : "");
    return new Health(
        "Falco rules",
        "falco -V"
            + (version.knowsDryRun() ? " and falco --dry-run take" : " takes")
            + " its rules",
        "{ "
            + all
            + " && "
            + schema(path)
            + "\n} || { printf '%s\\n' \"$b_said\" | tail -n 20 >&2; false; }",
        "",
        ":",
        WITHIN);
  }

  private static String tried(String command) {
    return "b_said=$(timeout 100 " + command + " 2>&1 </dev/null)";
  }

  /** A file with keys that Falco does not know passes, and only this text tells (since 0.39). */
  private static String schema(RemotePath path) {
    return "printf '%s\\n' \"$b_said\" | { while IFS= read -r b_line; do\n"
        + "case $b_line in *"
        + Sh.quote(path.value())
        + "*'schema validation: failed'*) exit 1 ;; esac\n"
        + "done; exit 0; }";
  }
}
