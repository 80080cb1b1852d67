package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.inventory.Inventory;
import dev.belay.core.journal.RunsFact;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.report.ConsoleLook;
import dev.belay.core.report.ConsoleReport;
import dev.belay.core.run.Connector;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.TestConnector;
import dev.belay.testkit.Tree;
import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A host, how a test comes to it, and what was told of the last run. */
final class Scene implements AutoCloseable {

  private static final Inventory CP1 = Inventory.literal("cp1,");

  final EmbeddedHost host;
  final Connector direct;
  final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());

  private Scene(EmbeddedHost host) {
    this.host = host;
    this.direct = TestConnector.to(host);
  }

  /** A host without services. */
  static Scene plain() {
    return of(EmbeddedHost.Options.plain());
  }

  /** A host with a stand-in for systemd, and packages. */
  static Scene services() {
    return of(
        new EmbeddedHost.Options(
            "cp1", Path.of("/bin/dash"), false, Duration.ZERO, true, true, true, false));
  }

  /** A host with everything in it. */
  static Scene controlPlane() {
    return of(EmbeddedHost.Options.defaults());
  }

  static Scene of(EmbeddedHost.Options options) {
    try {
      return new Scene(EmbeddedHost.start(options));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static Playbook playbook(PlayItem... items) {
    return new Playbook("ropes", List.of(Play.of("play").tasks(items)));
  }

  Recap apply(PlayItem... items) {
    return run(direct, true, playbook(items));
  }

  Recap apply(Connector connector, PlayItem... items) {
    return run(connector, true, playbook(items));
  }

  Recap check(PlayItem... items) {
    return run(direct, false, playbook(items));
  }

  Recap run(Connector connector, boolean apply, Playbook playbook) {
    return run(connector, apply, playbook, CP1);
  }

  Recap run(Connector connector, boolean apply, Playbook playbook, Inventory hosts) {
    events.clear();
    return new Runner(connector, events::add)
        .run(playbook, hosts, Optional.empty(), settings(apply));
  }

  Recap rollback(String... run) {
    return rollback(direct, true, run);
  }

  Recap rollback(Connector connector, boolean apply, String... run) {
    events.clear();
    Optional<String> asked = List.of(run).stream().findFirst();
    return new Runner(connector, events::add).rollback(CP1.hosts(), asked, apply, settings(apply));
  }

  /** Returns the runs of which the host keeps a journal. */
  List<RunsFact.Run> runs() {
    List<RunEvent> problems = new ArrayList<>();
    var found = new Runner(direct, problems::add).runs(CP1.hosts(), 1);
    assertThat(problems).noneMatch(Scene::isBad);
    return found.get(0).runs();
  }

  /** Returns the states of the runs, oldest first. */
  List<String> states() {
    return runs().stream().map(RunsFact.Run::state).toList();
  }

  /** Returns the identifier of the newest run. */
  String newest() {
    List<RunsFact.Run> runs = runs();
    return runs.get(runs.size() - 1).run();
  }

  Tree tree() {
    return Tree.of(host);
  }

  /** Returns what differs now from an earlier picture, the journals left out. */
  List<String> differences(Tree before, String... leftOut) {
    List<String> out = new ArrayList<>(List.of(leftOut));
    out.add("/var/lib/belay");
    return before.differencesAfterRollback(tree(), out, false);
  }

  /** Returns the exit code of a run. */
  static ExitCode code(Recap recap) {
    return ExitCode.of(recap, false);
  }

  <T extends RunEvent> List<T> told(Class<T> type) {
    return List.copyOf(events).stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Returns the one failure that was told, after looking whether it says all it has to say. */
  RunEvent.Failed failed() {
    List<RunEvent.Failed> failed = told(RunEvent.Failed.class);
    assertThat(failed).as(text()).hasSize(1);
    complete(failed.get(0).problem());
    return failed.get(0);
  }

  /** Returns the one loss that was told, after looking whether it says all it has to say. */
  RunEvent.Unreachable unreachable() {
    List<RunEvent.Unreachable> lost = told(RunEvent.Unreachable.class);
    assertThat(lost).as(text()).hasSize(1);
    complete(lost.get(0).problem());
    return lost.get(0);
  }

  private void complete(dev.belay.core.plan.Problem problem) {
    assertThat(List.of(problem.wanted(), problem.got(), problem.state(), problem.advice()))
        .as(text())
        .noneMatch(String::isBlank);
    assertThat(problem.toString()).doesNotContain("Exception", "\tat ", "internal error");
  }

  List<String> warnings() {
    return told(RunEvent.Warned.class).stream().map(RunEvent.Warned::text).toList();
  }

  List<String> undone() {
    return told(RunEvent.Undone.class).stream().map(RunEvent.Undone::summary).toList();
  }

  List<String> remaining() {
    return told(RunEvent.RolledBack.class).stream().flatMap(b -> b.remaining().stream()).toList();
  }

  /** Returns the handlers that were told, with how they ended. */
  List<String> handlers() {
    return told(RunEvent.TaskEnded.class).stream()
        .filter(RunEvent.TaskEnded::handler)
        .map(task -> task.task() + ": " + task.status())
        .toList();
  }

  /** Asserts that nothing bad was told. */
  void well(Recap recap) {
    assertThat(code(recap)).as(text()).isEqualTo(ExitCode.OK);
    assertThat(events).noneMatch(Scene::isBad);
  }

  private static boolean isBad(RunEvent event) {
    return event instanceof RunEvent.Failed
        || event instanceof RunEvent.Unreachable
        || event instanceof RunEvent.RolledBack back && !back.remaining().isEmpty();
  }

  /** Returns what a person would have read. */
  String text() {
    StringBuilder text = new StringBuilder();
    ConsoleReport report = new ConsoleReport(text, ConsoleLook.PLAIN.withDiffs());
    List.copyOf(events).forEach(report);
    return text.toString();
  }

  static RunSettings settings(boolean apply) {
    return new RunSettings(apply, 4, Set.of(), Set.of(), "tester@here").patience(Duration.ZERO);
  }

  @Override
  public void close() {
    host.close();
  }
}
