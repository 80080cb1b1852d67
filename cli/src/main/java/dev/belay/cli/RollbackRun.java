package dev.belay.cli;

import dev.belay.core.inventory.Host;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Shows what undoing a run would do, asks, and undoes it. */
final class RollbackRun {

  private final Session session;
  private final List<Host> hosts;
  private final Optional<String> run;
  private final Map<String, String> shown = new ConcurrentHashMap<>();

  private RollbackRun(Session session, List<Host> hosts, Optional<String> run) {
    this.session = session;
    this.hosts = hosts;
    this.run = run;
  }

  static ExitCode run(Invocation options, Streams streams) {
    List<String> operands = options.operands();
    if (operands.isEmpty() || operands.size() > 2) {
      throw ComplaintException.usage(
          "belay rollback takes hosts and at most one run",
          "belay rollback [FILE.java] PATTERN [RUN] -i HOSTS|FILE",
          operands.isEmpty() ? "no hosts" : String.join(" ", operands),
          "name the hosts; belay runs lists their runs");
    }
    boolean ask = options.writes() && !options.has(Flag.YES);
    if (ask) {
      Consent.requirePossible(options, streams.terminal());
    }
    Session session = Session.open(options, streams);
    List<Host> hosts = session.select(operands.get(0));
    Optional<String> run = operands.stream().skip(1).findFirst();
    RollbackRun rollback = new RollbackRun(session, hosts, run);
    if (!options.writes()) {
      return rollback.code(rollback.once(false, false));
    }
    return ask ? rollback.afterConsent() : rollback.code(rollback.once(true, false));
  }

  private ExitCode afterConsent() {
    Recap plan = once(false, true);
    List<String> pending = PlaybookRun.pending(plan);
    if (pending.isEmpty()) {
      return code(plan);
    }
    Streams streams = session.streams();
    String on = pending.size() == 1 ? pending.get(0) : pending.size() + " hosts";
    if (!Consent.given(streams.terminal(), "\nRoll back on " + on + "?")) {
      streams.err().println("belay: not rolled back; nothing was written");
      return ExitCode.REFUSED;
    }
    return code(once(true, false));
  }

  /** The newest run may be another one by the time of consent: what was shown is what is undone. */
  private Recap once(boolean apply, boolean diffs) {
    try (InterruptNotice notice = session.notice(false);
        RunReport report = Reports.of(session.options(), session.streams(), diffs)) {
      notice.report(report::cutOff);
      return session
          .runner(report.andThen(this::remember), notice)
          .rollback(
              hosts,
              host -> Optional.ofNullable(shown.get(host)).or(() -> run),
              apply,
              session.settings(apply));
    }
  }

  private void remember(RunEvent event) {
    if (event instanceof RunEvent.RolledBack back) {
      shown.put(back.host(), back.run());
    }
  }

  private ExitCode code(Recap recap) {
    return ExitCode.of(recap, session.options().has(Flag.DETAILED_EXITCODE));
  }
}
