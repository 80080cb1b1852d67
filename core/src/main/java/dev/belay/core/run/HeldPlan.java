package dev.belay.core.run;

import dev.belay.core.plan.PlanItem;
import dev.belay.core.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The plan that one host is held to: what is planned now must be what was planned then. */
final class HeldPlan {

  private static final int SHOWN = 10;

  private final List<PlanItem> then;
  private int next;

  HeldPlan(List<PlanItem> then) {
    this.then = List.copyOf(then);
  }

  /**
   * Compares the next items.
   *
   * @param now what is planned by now
   * @param state what the run leaves on the host when it stops here
   * @return what differs, none when all is as it was planned
   */
  Optional<Problem> compare(List<PlanItem> now, String state) {
    List<PlanItem> part =
        then.subList(Math.min(next, then.size()), Math.min(next + now.size(), then.size()));
    next += now.size();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      if (i >= part.size()) {
        differences.add("+ " + line(now.get(i)));
      } else if (!part.get(i).allows(now.get(i))) {
        differences.add("- " + line(part.get(i)));
        differences.add("+ " + line(now.get(i)) + digests(part.get(i), now.get(i)));
      }
    }
    return differences.isEmpty() ? Optional.empty() : Optional.of(problem(differences, state));
  }

  private static String line(PlanItem item) {
    return (item.play().isEmpty() ? "" : item.play() + " › ") + item.task() + ": " + item.words();
  }

  /** The same words may stand for another content, or another state before. */
  private static String digests(PlanItem then, PlanItem now) {
    return then.words().equals(now.words())
        ? " (what lies there, or what would be written, is another)"
        : "";
  }

  private static Problem problem(List<String> differences, String state) {
    List<String> shown = differences.subList(0, Math.min(SHOWN, differences.size()));
    int more = differences.size() - shown.size();
    return new Problem(
        "exactly what the plan says",
        "it differs by now\n"
            + String.join("\n", shown)
            + (more > 0 ? "\nand " + more + " more" : ""),
        state,
        "look at what has changed meanwhile, and make a new plan: belay check --out");
  }
}
