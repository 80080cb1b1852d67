package dev.belay.core.run;

import dev.belay.core.inventory.Group;
import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.VarProblem;
import dev.belay.core.playbook.VarsRefusedException;
import dev.belay.core.text.NearMiss;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings the variables of hosts into plays, and gathers all that does not fit. Used once. */
final class HostVars {

  private static final int SHOWN = 12;

  private final Inventory inventory;
  private final Set<String> wrong = new LinkedHashSet<>();
  private boolean broken;

  HostVars(Inventory inventory) {
    this.inventory = inventory;
  }

  /** Returns the play for a host; without the tasks that need variables where they do not fit. */
  Play made(Play play, Host host) {
    try {
      return play.made(all(host));
    } catch (VarsRefusedException refused) {
      refused.problems().forEach(problem -> wrong.add(text(host, play, problem)));
    } catch (IllegalArgumentException refused) {
      broken = true;
      wrong.add(
          "play \""
              + play.name()
              + "\" cannot be made for host "
              + host.name()
              + ": "
              + refused.getMessage()
              + " ("
              + play.varTasks().get(0).source()
              + ")");
    }
    return play;
  }

  /** Returns a host's variables with those that every host has, as Ansible calls them. */
  private Map<String, Object> all(Host host) {
    Map<String, Object> vars = new LinkedHashMap<>(host.vars());
    vars.put("inventory_hostname", host.name());
    vars.put("inventory_hostname_short", host.name().split("[.]", 2)[0]);
    vars.put(
        "group_names",
        inventory.groupsOf(host.name()).stream()
            .filter(name -> !name.equals(Group.ALL))
            .sorted()
            .toList());
    return vars;
  }

  /**
   * Refuses what does not fit.
   *
   * @throws RunRefusedException naming host, variable, file and line of each
   */
  void requireFitting() {
    if (wrong.isEmpty()) {
      return;
    }
    List<String> lines = List.copyOf(wrong);
    String more = lines.size() > SHOWN ? "\nand " + (lines.size() - SHOWN) + " more" : "";
    throw new RunRefusedException(
        Optional.of("variables of hosts do not fit the playbook"),
        String.join("\n", lines.subList(0, Math.min(SHOWN, lines.size()))) + more,
        broken
            ? "correct the values or the playbook"
            : "correct the inventory, or give -e name=value");
  }

  private static String text(Host host, Play play, VarProblem problem) {
    String name = problem.variable().split("[.\\[]", 2)[0];
    String asks = problem.component() + ", play \"" + play.name() + "\", " + source(play, problem);
    if (problem.missing()) {
      String place = host.places().host().isEmpty() ? "" : " (" + host.places().host() + ")";
      return "host "
          + host.name()
          + place
          + ": "
          + problem.variable()
          + " is missing, wanted "
          + problem.wanted()
          + " for "
          + asks
          + NearMiss.question(name, List.copyOf(host.vars().keySet()));
    }
    return host.places().of(name).map(at -> at + ": ").orElse("")
        + (name.isEmpty() ? "the variables" : problem.variable())
        + " of host "
        + host.name()
        + (name.isEmpty() ? " are refused: " : " is ")
        + problem.got()
        + ", wanted "
        + problem.wanted()
        + " for "
        + asks;
  }

  private static String source(Play play, VarProblem problem) {
    String type = problem.component().split("[.]", 2)[0];
    return play.varTasks().stream()
        .filter(some -> some.type().getSimpleName().equals(type))
        .findFirst()
        .orElse(play.varTasks().get(0))
        .source();
  }
}
