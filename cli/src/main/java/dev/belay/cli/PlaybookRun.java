package dev.belay.cli;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.HostPattern;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.run.Connector;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunOutline;
import dev.belay.core.run.RunPlan;
import dev.belay.core.run.RunRefusedException;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import dev.belay.core.run.TaskKey;
import dev.belay.core.transport.Become;
import dev.belay.core.transport.Connection;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Checks a playbook, or shows what it would do, asks, and applies it. */
final class PlaybookRun {

  private final Session session;
  private final Playbook playbook;
  private final Optional<HostPattern> limit;
  private final PlanKeeper keeper = new PlanKeeper();
  private Optional<RunPlan> held = Optional.empty();
  private Set<TaskKey> leftOut = Set.of();
  private boolean interrupted;

  private PlaybookRun(Session session, Playbook playbook, Optional<HostPattern> limit) {
    this.session = session;
    this.playbook = playbook;
    this.limit = limit;
  }

  /** Does what the options say. */
  static ExitCode run(Invocation options, Playbook playbook, Streams streams) {
    if (RunListing.isWanted(options)) {
      return open(options, playbook, streams).list();
    }
    boolean ask = options.writes() && !options.has(Flag.YES);
    if (ask) {
      Consent.requirePossible(options, streams.terminal());
    }
    if (options.has(Flag.STEP)) {
      TaskQuestions.requirePossible(options, streams.terminal());
      return open(options, playbook, streams).stepwise(ask);
    }
    PlaybookRun run = open(options, playbook, streams);
    if (!options.writes()) {
      Recap recap = run.once(false, false);
      options.out().ifPresent(file -> run.keep(recap, Path.of(file)));
      return run.code(recap);
    }
    return ask ? run.afterConsent() : run.code(run.once(true, false));
  }

  /** Applies exactly what a plan says, without asking: who made the plan has seen it. */
  static ExitCode planned(
      Invocation options, Playbook playbook, PlanFile plan, Path file, Streams streams) {
    if (RunListing.isWanted(options)) {
      return open(options, playbook, streams).list();
    }
    TaskQuestions.refuseWithPlan(options);
    PlaybookRun run = open(options, playbook, streams);
    run.held = Optional.of(plan.plan());
    run.outline();
    run.meetStrangers();
    if (options.writes()) {
      plan.use(file, now());
    }
    return run.code(run.once(options.writes(), false));
  }

  private static PlaybookRun open(Invocation options, Playbook playbook, Streams streams) {
    Session session = Session.open(options, streams);
    options.limit().ifPresent(limit -> Inventories.select(limit, session.inventory()));
    return new PlaybookRun(session, playbook, options.limit().map(HostPattern::of));
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A plan that would fail, or that leaves out a host, is none. */
  private void keep(Recap check, Path file) {
    boolean whole =
        check.hosts().values().stream()
            .allMatch(c -> c.failed() + c.unreachable() + c.refused() + c.notReached() == 0);
    if (!whole) {
      session
          .streams()
          .err()
          .println("belay: no plan was written, since the check did not go well");
      return;
    }
    List<String> arguments = PlanKeeper.arguments(session.options());
    new PlanFile(Belay.file(), playbook.name(), now(), "", arguments, keeper.plan()).write(file);
    boolean typed = session.options().extraVars().stream().anyMatch(e -> !e.startsWith("@"));
    String again = typed ? ", with -e as here, since typed values are not kept" : "";
    session
        .streams()
        .err()
        .println("belay: the plan is in " + file + "; belay apply " + file + again);
  }

  private ExitCode list() {
    RunListing.print(playbook.name(), outline(), session);
    return ExitCode.OK;
  }

  private RunOutline outline() {
    try {
      return RunOutline.of(playbook, session.inventory(), limit, session.choice());
    } catch (RunRefusedException refused) {
      throw complaint(refused);
    }
  }

  /** Shows what would be done, lets a person leave tasks out, and shows what is left then. */
  private ExitCode stepwise(boolean ask) {
    TaskQuestions questions = new TaskQuestions(session.streams().terminal());
    Recap plan = once(false, true, questions);
    while (questions.ask()) {
      leftOut = questions.declined();
      plan = once(false, true, questions);
    }
    if (questions.brokenOff()) {
      session.streams().err().println("belay: not gone on with; nothing was written");
      return ExitCode.REFUSED;
    }
    if (!session.options().writes() || pending(plan).isEmpty()) {
      return code(plan);
    }
    return ask && !leftOut.isEmpty() ? consented(plan) : code(once(true, false));
  }

  private ExitCode afterConsent() {
    Recap plan = once(false, true);
    return pending(plan).isEmpty() ? code(plan) : consented(plan);
  }

  private ExitCode consented(Recap plan) {
    List<String> hosts = pending(plan);
    Streams streams = session.streams();
    String on = hosts.size() == 1 ? hosts.get(0) : hosts.size() + " hosts";
    if (!Consent.given(streams.terminal(), "\nApply these changes to " + on + "?")) {
      streams.err().println("belay: not applied; nothing was written");
      return ExitCode.REFUSED;
    }
    return code(once(true, false));
  }

  /** Costs nothing where nobody could be asked. */
  private void meetStrangers() {
    if (!session.mayAsk()) {
      return;
    }
    RunOutline outline = outline();
    Set<String> names = new HashSet<>(outline.delegates());
    outline.plays().forEach(play -> names.addAll(play.hosts()));
    Strangers.askAbout(
        session,
        session.inventory().hosts().stream().filter(host -> names.contains(host.name())).toList());
  }

  private Recap once(boolean apply, boolean diffs) {
    return once(apply, diffs, event -> {});
  }

  private Recap once(boolean apply, boolean diffs, Consumer<RunEvent> also) {
    meetStrangers();
    try (InterruptNotice notice = session.notice(playbook.plays().stream().anyMatch(Play::root));
        RunReport report =
            Reports.of(session.options(), session.streams(), diffs).add(keeper).add(also)) {
      notice.report(report::cutOff);
      Runner runner = session.runner(report, notice);
      if (!apply) {
        return runner.run(playbook, session.inventory(), limit, settings(false));
      }
      notice.then(runner::abandon);
      return applied(runner, notice, report);
    } catch (RunRefusedException refused) {
      throw complaint(refused);
    }
  }

  private ComplaintException complaint(RunRefusedException refused) {
    boolean plan = held.isPresent() && refused.headline().isEmpty();
    return ComplaintException.usage(
        refused.headline().orElse(plan ? "the plan does not fit" : "the playbook fits no host"),
        refused.headline().isPresent()
            ? "what the playbook and the options name"
            : plan
                ? "the hosts and tasks that the plan is for"
                : "for each play at least one host of the inventory",
        refused.getMessage(),
        refused.advice(),
        refused);
  }

  private Recap applied(Runner runner, InterruptNotice notice, RunReport report) {
    try (Interrupts interrupts = Interrupts.heard(session.streams(), report, runner::stop);
        RunTimeout timeout = RunTimeout.of(session, runner)) {
      Recap recap = runner.run(playbook, session.inventory(), limit, settings(true));
      timeout.end();
      interrupted = interrupts.wish() != Interrupts.Wish.GO_ON;
      if (interrupts.wish() == Interrupts.Wish.UNDO) {
        undo(runner.written(), notice.run(), report);
      }
      return recap;
    }
  }

  private RunSettings settings(boolean apply) {
    RunSettings settings = session.settings(apply).choosing(session.choice().without(leftOut));
    return apply ? held.map(settings::heldTo).orElse(settings) : settings;
  }

  /** What the guard of a host has undone already is not undone again. */
  private void undo(Set<String> written, String run, RunReport report) {
    List<Host> hosts =
        session.inventory().hosts().stream().filter(host -> written.contains(host.name())).toList();
    if (hosts.isEmpty()) {
      return;
    }
    playbook.plays().stream()
        .map(Play::root)
        .distinct()
        .forEach(
            root ->
                new Runner(new As(session.connector(), root), report)
                    .rollback(hosts, Optional.of(run), true, session.settings(true)));
  }

  /**
   * The way to hosts, as root where the plays were.
   *
   * @param way the way to hosts
   * @param always whether to become root in any case
   */
  private record As(Connector way, boolean always) implements Connector {

    @Override
    public Connection connect(Host host) {
      return way.connect(host);
    }

    @Override
    public Optional<Become> become(Host host, boolean root) {
      return way.become(host, root || always);
    }
  }

  private ExitCode code(Recap recap) {
    return interrupted
        ? ExitCode.INTERRUPTED
        : ExitCode.of(recap, session.options().has(Flag.DETAILED_EXITCODE));
  }

  /** Returns the hosts on which, by a check, something would or may change. */
  static List<String> pending(Recap check) {
    return check.hosts().entrySet().stream()
        .filter(each -> each.getValue().wouldChange() + each.getValue().mayChange() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }
}
