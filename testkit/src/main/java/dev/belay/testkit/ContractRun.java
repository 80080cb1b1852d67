package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.report.ConsoleLook;
import dev.belay.core.report.ConsoleReport;
import dev.belay.core.report.JsonReport;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run through the contract on one fresh host. */
final class ContractRun {

  private static final Inventory INVENTORY = Inventory.literal("cp1,");

  private final StepContract contract;
  private final HostKind kind;
  private final HostKind.Started host;
  private final Playbook playbook;

  private ContractRun(StepContract contract, HostKind kind, HostKind.Started host) {
    this.contract = contract;
    this.kind = kind;
    this.host = host;
    this.playbook = new Playbook("contract", List.of(Play.of("play").tasks(contract.item())));
  }

  static void of(StepContract contract, HostKind kind) {
    try (HostKind.Started host = kind.start(contract.kubernetes())) {
      host.inside().run(contract.arrange());
      new ContractRun(contract, kind, host).run();
    }
  }

  private void run() {
    Tree before = Tree.of(host.inside());
    List<RunEvent> checked = checkWritesNothing(before);
    List<RunEvent> applied = applyDoesWhatCheckSaid(checked);
    host.inside().run(contract.proof());
    nothingIsLeftToDo();
    if (contract.onlyLooks()) {
      assertThat(before.differences(Tree.of(host.inside()))).as("apply wrote").isEmpty();
    } else if (contract.reversible()) {
      rollbackRestores(before);
    }
    showsNoSecret(checked);
    showsNoSecret(applied);
  }

  private List<RunEvent> checkWritesNothing(Tree before) {
    List<RunEvent> events = run(false);
    assertThat(failures(events)).isEmpty();
    assertThat(before.differences(Tree.of(host.inside()))).as("check wrote").isEmpty();
    if (contract.onlyLooks()) {
      assertThat(ended(events)).as("a step that only looks has something to do").isEmpty();
    } else {
      assertThat(ended(events)).as("nothing to do, so nothing is proven").isNotEmpty();
    }
    return events;
  }

  private List<RunEvent> applyDoesWhatCheckSaid(List<RunEvent> checked) {
    List<RunEvent> events = run(true);
    assertThat(failures(events)).isEmpty();
    if (contract.predictable()) {
      assertThat(done(events)).isEqualTo(done(checked));
    }
    return events;
  }

  private void nothingIsLeftToDo() {
    List<RunEvent> again = run(true);
    assertThat(failures(again)).isEmpty();
    assertThat(ended(again)).as("left to do after apply").isEmpty();
  }

  private void rollbackRestores(Tree before) {
    List<RunEvent> events = new ArrayList<>();
    Runner runner = new Runner(host.connector(), events::add);
    var recap = runner.rollback(INVENTORY.hosts(), Optional.empty(), true, settings(true));
    assertThat(failures(events)).isEmpty();
    assertThat(ExitCode.of(recap, false)).isEqualTo(ExitCode.OK);
    List<String> leftOut = new ArrayList<>(contract.leavesBehind());
    leftOut.add("/var/lib/belay");
    assertThat(
            before.differencesAfterRollback(Tree.of(host.inside()), leftOut, kind.wholeSeconds()))
        .as("not restored")
        .isEmpty();
    showsNoSecret(events);
  }

  private List<RunEvent> run(boolean apply) {
    List<RunEvent> events = new ArrayList<>();
    new Runner(host.connector(), events::add)
        .run(playbook, INVENTORY, Optional.empty(), settings(apply));
    return events;
  }

  private static RunSettings settings(boolean apply) {
    return new RunSettings(apply, 1, Set.of(), Set.of(), "contract@test");
  }

  private static List<RunEvent> failures(List<RunEvent> events) {
    return events.stream()
        .filter(
            event ->
                event instanceof RunEvent.Failed
                    || event instanceof RunEvent.Unreachable
                    || event instanceof RunEvent.RolledBack back && !back.remaining().isEmpty())
        .toList();
  }

  /** The tasks that had, or would have, something to do. */
  private static List<RunEvent.TaskEnded> ended(List<RunEvent> events) {
    return events.stream()
        .filter(RunEvent.TaskEnded.class::isInstance)
        .map(RunEvent.TaskEnded.class::cast)
        .filter(task -> task.status() != RunEvent.Status.OK)
        .filter(task -> task.status() != RunEvent.Status.SKIPPED)
        .toList();
  }

  /** What was done or would be done: everything a person is told but the time it took. */
  private static List<Object> done(List<RunEvent> events) {
    return ended(events).stream()
        .<Object>map(task -> List.of(task.task(), task.summaries(), task.diffs()))
        .toList();
  }

  private void showsNoSecret(List<RunEvent> events) {
    StringBuilder all = new StringBuilder();
    var json = new java.io.ByteArrayOutputStream();
    var reports =
        List.of(
            new ConsoleReport(all, ConsoleLook.PLAIN.withDiffs()),
            new JsonReport(
                new java.io.PrintStream(json, true, java.nio.charset.StandardCharsets.UTF_8)));
    events.forEach(event -> reports.forEach(report -> report.accept(event)));
    events.forEach(all::append);
    all.append(json.toString(java.nio.charset.StandardCharsets.UTF_8));
    for (String secret : contract.secrets()) {
      assertThat(all.toString()).doesNotContain(secret);
      String base64 =
          java.util.Base64.getEncoder()
              .encodeToString(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(all.toString()).doesNotContain(base64);
    }
  }
}
