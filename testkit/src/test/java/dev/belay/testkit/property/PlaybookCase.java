package dev.belay.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.run.Connector;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Status;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import dev.belay.testkit.Tree;
import dev.belay.testkit.host.EmbeddedHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One drawn host and playbook: what check says is what apply does, nothing is left to do after it,
 * and rollback restores.
 */
final class PlaybookCase {

  private static final Inventory INVENTORY = Inventory.literal("cp1,");
  private static final List<String> LOOK = List.of("/opt/p", "/etc/p", "/srv/p", "/var/lib/belay");

  private final EmbeddedHost host;
  private final Connector connector;
  private final HostSketch sketch;
  private final Playbook playbook;
  private final boolean wholeSeconds;

  PlaybookCase(
      EmbeddedHost host,
      Connector connector,
      HostSketch sketch,
      Playbook playbook,
      boolean wholeSeconds) {
    this.host = host;
    this.connector = connector;
    this.sketch = sketch;
    this.playbook = playbook;
    this.wholeSeconds = wholeSeconds;
  }

  /** Returns whether the run was applied and rolled back, for counting what is proven. */
  String run() {
    host.run(sketch.script());
    Tree before = tree();
    Told checked = run(false);
    assertThat(before.differences(tree())).as("check wrote").isEmpty();
    Told applied = run(true);
    Tree after = tree();
    if (!checked.failures().isEmpty()) {
      assertThat(applied.failures()).as("failures").isEqualTo(checked.failures());
      assertThat(before.differences(after)).as("written though known to fail").isEmpty();
      return "fails";
    }
    compare(checked, applied);
    boolean failed = !applied.failures().isEmpty();
    if (!failed) {
      Told again = run(true);
      assertThat(again.busy())
          .as("left to do after apply")
          .filteredOn(task -> !ignoresErrors(task) && !(again.rescued() && standsInBlock(task)))
          .isEmpty();
      assertThat(again.failures()).as("fails after apply").isEmpty();
    }
    boolean nothing = before.differences(after).isEmpty();
    if (!nothing) {
      rollback(before, checked, applied.run());
    }
    String how = failed ? "failed" : applied.rescued() ? "rescued" : "applied";
    return nothing ? "nothing to do, " + how : how;
  }

  private void compare(Told checked, Told applied) {
    List<RunEvent.TaskEnded> said = checked.tasks(false);
    List<RunEvent.TaskEnded> done = applied.tasks(false);
    for (int i = 0; i < done.size(); i++) {
      compare(said.get(i), done.get(i));
    }
    if (done.size() < said.size()) {
      boolean foreseeable = checked.anyMay() || said.get(done.size()).task().contains("command[");
      assertThat(applied.failures()).as("not reached: " + said.get(done.size())).isNotEmpty();
      assertThat(foreseeable)
          .as("failed unforeseen: " + said.get(done.size()) + applied.failures())
          .isTrue();
    } else {
      compareHandlers(checked, applied);
    }
  }

  private void compareHandlers(Told checked, Told applied) {
    if (!checked.anyMay() && !onlyUndoneByCommands(checked, applied)) {
      assertThat(applied.failures()).as("unforeseen failures").isEmpty();
    }
    List<RunEvent.TaskEnded> done = new ArrayList<>(applied.tasks(true));
    for (RunEvent.TaskEnded said : checked.tasks(true)) {
      if (!done.isEmpty() && done.get(0).task().equals(said.task())) {
        compare(said, done.remove(0));
      } else {
        boolean may = said.status() == Status.MAY_CHANGE || !applied.failures().isEmpty();
        assertThat(may).as("handler did not run: " + said).isTrue();
      }
    }
    assertThat(done).as("handlers nobody spoke of").isEmpty();
  }

  /** What a command does to the state of earlier tasks can only be seen once it is done. */
  private static boolean onlyUndoneByCommands(Told checked, Told applied) {
    boolean commands = checked.busy().stream().anyMatch(task -> task.task().contains("command["));
    return commands && applied.failures().toString().contains("nothing left to do after");
  }

  private void compare(RunEvent.TaskEnded said, RunEvent.TaskEnded done) {
    assertThat(done.task()).isEqualTo(said.task());
    boolean ignored = done.status() == Status.IGNORED && said.status() == Status.WOULD_CHANGE;
    if (ignored) {
      assertThat(ignoresErrors(done)).as("ignored: " + done).isTrue();
    } else if (said.status() != Status.MAY_CHANGE) {
      assertThat(done.status()).as(said.task()).isEqualTo(becomes(said.status()));
      assertThat(done.summaries()).as(said.task()).isEqualTo(said.summaries());
      assertThat(done.diffs()).as(said.task()).isEqualTo(said.diffs());
      if (said.status() == Status.SKIPPED) { // how a task fails may look otherwise by then
        assertThat(done.note()).as(said.task()).isEqualTo(said.note());
      }
    }
  }

  private boolean ignoresErrors(RunEvent.TaskEnded ended) {
    return playbook.plays().get(0).tasks().stream()
        .anyMatch(task -> task.name().equals(ended.task()) && task.options().ignoresErrors());
  }

  /** A block that fails each time does and undoes its work each time. */
  private boolean standsInBlock(RunEvent.TaskEnded ended) {
    return playbook.plays().get(0).tasks().stream()
        .anyMatch(task -> task.name().equals(ended.task()) && task.block().isPresent());
  }

  private static Status becomes(Status said) {
    return said == Status.WOULD_CHANGE ? Status.CHANGED : said;
  }

  /** What ignores errors fails again in the run that shows that nothing is left to do. */
  private void rollback(Tree before, Told checked, String run) {
    List<RunEvent> events = new ArrayList<>();
    new Runner(connector, events::add)
        .rollback(INVENTORY.hosts(), Optional.of(run), true, settings(true));
    Told told = new Told(events);
    if (told.failures().toString().contains("be it by the run itself")) {
      return;
    }
    assertThat(told.failures()).as("rollback failed").isEmpty();
    List<String> remaining =
        events.stream()
            .filter(RunEvent.RolledBack.class::isInstance)
            .flatMap(event -> ((RunEvent.RolledBack) event).remaining().stream())
            .toList();
    if (remaining.isEmpty()) {
      Tree restored = tree();
      assertThat(before.differencesAfterRollback(restored, List.of("/var/lib/belay"), wholeSeconds))
          .as("not restored")
          .isEmpty();
      Told again = run(false);
      assertThat(again.said()).as("check after rollback").isEqualTo(checked.said());
    } else {
      assertThat(remaining).as("remaining").allMatch(text -> text.contains("nobody said how"));
    }
  }

  private Told run(boolean apply) {
    List<RunEvent> events = new ArrayList<>();
    new Runner(connector, events::add).run(playbook, INVENTORY, Optional.empty(), settings(apply));
    return new Told(events);
  }

  private Tree tree() {
    return Tree.of(host, LOOK);
  }

  private static RunSettings settings(boolean apply) {
    return new RunSettings(apply, 1, Set.of(), Set.of(), "property@test");
  }

  /** What a run told. */
  private record Told(List<RunEvent> events) {

    List<RunEvent.TaskEnded> tasks() {
      return events.stream()
          .filter(RunEvent.TaskEnded.class::isInstance)
          .map(RunEvent.TaskEnded.class::cast)
          .toList();
    }

    List<RunEvent.TaskEnded> tasks(boolean handlers) {
      return tasks().stream().filter(task -> task.handler() == handlers).toList();
    }

    List<RunEvent.TaskEnded> busy() {
      return tasks().stream()
          .filter(task -> task.status() != Status.OK && task.status() != Status.SKIPPED)
          .toList();
    }

    String run() {
      return ((RunEvent.Started) events.get(0)).run();
    }

    boolean rescued() {
      return tasks().stream().anyMatch(task -> task.status() == Status.RESCUED);
    }

    boolean anyMay() {
      return tasks().stream().anyMatch(task -> task.status() == Status.MAY_CHANGE);
    }

    List<Object> said() {
      return tasks().stream()
          .<Object>map(t -> List.of(t.task(), t.status(), t.summaries(), t.diffs(), t.note()))
          .toList();
    }

    /** Failures as people are told, without what the host's state is. */
    List<Object> failures() {
      return events.stream()
          .flatMap(
              event -> {
                if (event instanceof RunEvent.Failed f) {
                  return java.util.stream.Stream.<Object>of(
                      List.of(f.task(), f.problem().wanted(), f.problem().got()));
                }
                return event instanceof RunEvent.Unreachable lost
                    ? java.util.stream.Stream.<Object>of(lost.problem())
                    : java.util.stream.Stream.<Object>empty();
              })
          .toList();
    }
  }
}
