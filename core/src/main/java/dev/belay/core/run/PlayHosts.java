package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.HostPattern;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.text.NearMiss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A play with the tasks that are run on each of its hosts. Pure.
 *
 * @param play the play as it was written
 * @param hosts tasks by host, in the order of the inventory; a host may have none
 */
record PlayHosts(Play play, Map<Host, List<PlayTask>> hosts) {

  /**
   * Returns the plays of a playbook in order.
   *
   * @throws RunRefusedException when a play matches no host, variables do not fit, no task is the
   *     one to start at, a task is delegated to nobody, or hosts would wait for each other
   */
  static List<PlayHosts> of(
      Playbook playbook, Inventory inventory, Optional<HostPattern> limit, TaskChoice choice) {
    limit.ifPresent(pattern -> HostTasks.select(pattern, inventory, "the limit"));
    HostVars vars = new HostVars(inventory);
    List<PlayHosts> plays = new ArrayList<>();
    for (Play play : playbook.plays()) {
      HostPattern pattern = HostPattern.of(play.pattern());
      Map<Host, List<PlayTask>> hosts = new LinkedHashMap<>();
      for (Host host : HostTasks.select(pattern, inventory, "play \"" + play.name() + "\"")) {
        if (limit.isEmpty() || limit.get().select(inventory).contains(host)) {
          Play made = vars.made(play, host);
          hosts.put(host, made.tasks().stream().map(task -> new PlayTask(made, task)).toList());
        }
      }
      plays.add(new PlayHosts(play, hosts));
    }
    vars.requireFitting();
    List<PlayHosts> placed =
        OnceTasks.decided(
            DelegatedTasks.known(chosen(DelegatedTasks.named(plays), choice), inventory),
            inventory);
    HostOrder.of(placed, inventory);
    return placed;
  }

  private static List<PlayHosts> chosen(List<PlayHosts> plays, TaskChoice choice) {
    List<PlayHosts> rest = choice.startAt().isEmpty() ? plays : started(plays, choice);
    return rest.stream()
        .map(play -> play.only(tasks -> tasks.stream().filter(choice::takes).toList()))
        .toList();
  }

  PlayHosts only(java.util.function.UnaryOperator<List<PlayTask>> some) {
    Map<Host, List<PlayTask>> less = new LinkedHashMap<>();
    hosts.forEach((host, tasks) -> less.put(host, some.apply(tasks)));
    return new PlayHosts(play, less);
  }

  /** Leaves out what comes before the first task of the name, on every host. */
  private static List<PlayHosts> started(List<PlayHosts> plays, TaskChoice choice) {
    List<PlayHosts> rest = new ArrayList<>();
    boolean begun = false;
    for (PlayHosts play : plays) {
      boolean first =
          !begun
              && play.tasks().stream()
                  .anyMatch(task -> choice.takes(task) && choice.startsAt(task.task()));
      boolean before = !begun && !first;
      rest.add(
          before
              ? play.only(tasks -> List.of())
              : first ? play.only(tasks -> from(tasks, choice)) : play);
      begun = begun || first;
    }
    if (!begun) {
      throw noSuchTask(plays, choice.startAt().orElseThrow());
    }
    return rest;
  }

  private static List<PlayTask> from(List<PlayTask> tasks, TaskChoice choice) {
    int at = 0;
    while (at < tasks.size()
        && !(choice.takes(tasks.get(at)) && choice.startsAt(tasks.get(at).task()))) {
      at++;
    }
    return tasks.subList(at, tasks.size());
  }

  private static RunRefusedException noSuchTask(List<PlayHosts> plays, String name) {
    List<String> known =
        plays.stream()
            .flatMap(play -> play.tasks().stream())
            .map(task -> task.task().name())
            .distinct()
            .toList();
    return new RunRefusedException(
        Optional.of("there is no task to start at"),
        "\"" + name + "\"" + NearMiss.question(name, known),
        "name a task that is run, as --list-tasks shows them");
  }

  /** Returns the tasks of all hosts. */
  List<PlayTask> tasks() {
    return hosts.values().stream().flatMap(List::stream).toList();
  }
}
