package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.plan.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes batch after batch, and stops at the first that does not end well. */
final class SerialRun {

  /** Who is healthy says so at once; a restart that another run has just made may take a moment. */
  private static final Duration BEFORE = Duration.ofSeconds(20);

  private static final Duration AFTER = Duration.ofMinutes(2);

  private final Serial serial;
  private final Connector connector;
  private final int forks;
  private final Function<Host, HostStory> stories;
  private final Supplier<Recap> recap;

  /**
   * Makes a run.
   *
   * @param stories tells of a host
   * @param recap how the hosts did so far
   */
  SerialRun(
      Serial serial,
      Connector connector,
      int forks,
      Function<Host, HostStory> stories,
      Supplier<Recap> recap) {
    this.serial = serial;
    this.connector = connector;
    this.forks = forks;
    this.stories = stories;
    this.recap = recap;
  }

  /**
   * Does the work on the hosts of each batch while the gates hold.
   *
   * @param work on one host; must not throw
   * @param undo takes back what this run did on one host; must not throw
   */
  void forEach(Consumer<Host> work, Consumer<Host> undo) {
    List<Host> done = List.of();
    for (int i = 0; i < serial.batches().size(); i++) {
      List<Host> batch = serial.batches().get(i);
      if (isShut(batch, done, i)) {
        return;
      }
      Fleet.forEach(batch, forks, work);
      if (Thread.currentThread().isInterrupted()) {
        stop(i + 1, Set.of(), "the run was interrupted");
        return;
      }
      List<String> bad = batch.stream().filter(this::endedBadly).map(Host::name).toList();
      if (!bad.isEmpty()) {
        stop(i + 1, Set.of(), "the run ended at " + String.join(", ", bad));
        return;
      }
      List<Host> changed = batch.stream().filter(this::wasChanged).toList();
      if (isRedAfter(changed, undo, i)) {
        return;
      }
      done = changed;
    }
  }

  /** Hosts that were asked a moment ago, after their own work, are not asked again. */
  private boolean isShut(List<Host> batch, List<Host> asked, int number) {
    List<Serial.Question> questions =
        serial.ofOthers(batch).stream().filter(one -> !asked.contains(one.host())).toList();
    List<GateQuestion.Red> reds = ask(questions, BEFORE);
    for (GateQuestion.Red red : reds) {
      Problem problem =
          problem(
              red,
              number == 0
                  ? "nothing was begun on any host"
                  : "this run has changed hosts before, and stops",
              "mend " + red.host().name() + ", then run again; no other host is begun before");
      stories.apply(red.host()).failed("gate", problem, red.diagnosis(), number == 0);
    }
    if (!reds.isEmpty()) {
      stop(number, names(reds), "the run stopped: unhealthy is " + String.join(", ", names(reds)));
    }
    return !reds.isEmpty();
  }

  private boolean isRedAfter(List<Host> batch, Consumer<Host> undo, int number) {
    List<GateQuestion.Red> reds = ask(serial.of(batch), AFTER);
    for (GateQuestion.Red red : reds) {
      Problem problem =
          problem(
              red,
              "its tasks were done; what they changed is undone now",
              "look at the host, mend what was seen, then run check and apply again");
      stories.apply(red.host()).failed("gate", problem, red.diagnosis());
      undo.accept(red.host());
    }
    if (!reds.isEmpty()) {
      stop(number + 1, names(reds), "the run ended at " + String.join(", ", names(reds)));
    }
    return !reds.isEmpty();
  }

  private static Problem problem(GateQuestion.Red red, String state, String advice) {
    return new Problem(red.wanted(), red.got(), state, advice);
  }

  private static Set<String> names(List<GateQuestion.Red> reds) {
    Set<String> names = new TreeSet<>();
    reds.forEach(red -> names.add(red.host().name()));
    return names;
  }

  private List<GateQuestion.Red> ask(List<Serial.Question> questions, Duration within) {
    List<GateQuestion.Red> reds = Collections.synchronizedList(new ArrayList<>());
    List<Host> hosts = questions.stream().map(Serial.Question::host).toList();
    Fleet.forEach(
        hosts,
        forks,
        host -> {
          Serial.Question own =
              questions.stream().filter(one -> one.host().equals(host)).findFirst().orElseThrow();
          new GateQuestion(connector, own, within).ask().ifPresent(reds::add);
        });
    return List.copyOf(reds);
  }

  /** A host that this run has left alone is none of its doing, however it is. */
  private boolean wasChanged(Host host) {
    return counts(host).changed() > 0;
  }

  private Recap.Counts counts(Host host) {
    return recap.get().hosts().getOrDefault(host.name(), Recap.Counts.ZERO);
  }

  private boolean endedBadly(Host host) {
    Recap.Counts counts = counts(host);
    return counts.failed() + counts.unreachable() + counts.rolledBack() + counts.remaining() > 0;
  }

  private void stop(int from, Set<String> told, String reason) {
    serial.batches().subList(from, serial.batches().size()).stream()
        .flatMap(List::stream)
        .filter(host -> !told.contains(host.name()))
        .forEach(host -> stories.apply(host).tell(new RunEvent.NotReached(host.name(), reason)));
  }
}
