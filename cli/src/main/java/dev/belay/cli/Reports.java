package dev.belay.cli;

import dev.belay.core.report.AnnotationReport;
import dev.belay.core.report.Colour;
import dev.belay.core.report.ConsoleLook;
import dev.belay.core.report.ConsoleReport;
import dev.belay.core.report.HtmlReport;
import dev.belay.core.report.JsonReport;
import dev.belay.core.report.JunitReport;
import dev.belay.core.report.LiveLines;
import dev.belay.core.report.LogReport;
import dev.belay.core.report.SlowestReport;
import dev.belay.core.run.RunEvent;
import java.io.Writer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Chooses how a run is told. */
final class Reports {

  private static final int TOKEN_BYTES = 16;

  private final Invocation options;
  private final Streams streams;
  private final Map<String, String> environment;

  private Reports(Invocation options, Streams streams, Map<String, String> environment) {
    this.options = options;
    this.streams = streams;
    this.environment = environment;
  }

  /**
   * Returns the report on the terminal or as JSON alone.
   *
   * @param diffs whether differences are shown even where the options do not ask
   */
  static Consumer<RunEvent> shown(Invocation options, Streams streams, boolean diffs) {
    Reports reports = new Reports(options, streams, System.getenv());
    return options.has(Flag.JSON)
        ? new JsonReport(streams.out())
        : new ConsoleReport(streams.out(), reports.look(diffs));
  }

  /**
   * Returns all that the options ask for.
   *
   * @param diffs whether differences are shown even where the options do not ask
   * @throws ComplaintException when a file could not be written afterwards
   */
  static RunReport of(Invocation options, Streams streams, boolean diffs) {
    return of(options, streams, diffs, System.getenv());
  }

  static RunReport of(
      Invocation options, Streams streams, boolean diffs, Map<String, String> environment) {
    return new Reports(options, streams, environment).all(diffs);
  }

  private RunReport all(boolean diffs) {
    RunReport report = new RunReport(streams.err());
    if (options.has(Flag.JSON)) {
      report.add(new JsonReport(streams.out()));
      annotations(streams.err()).ifPresent(report::add);
    } else {
      ConsoleLook look = look(diffs);
      Appendable out = isLive() ? live(report, look) : streams.out();
      annotations(out).ifPresent(report::add);
      report.add(new ConsoleReport(out, look));
      int slowest = options.tellings().slowest();
      if (slowest > 0) {
        report.add(new SlowestReport(out, look, slowest));
      }
    }
    files(report, diffs);
    return report;
  }

  private void files(RunReport report, boolean diffs) {
    options
        .junit()
        .map(name -> WritableFile.of(Flag.JUNIT, name))
        .ifPresent(
            file -> report.add(new JunitReport(file, options.has(Flag.JUNIT_FAIL_ON_CHANGE))));
    options
        .tellings()
        .report()
        .map(name -> WritableFile.of(Flag.REPORT, name))
        .ifPresent(file -> report.add(new HtmlReport(file, InstantSource.system())));
    options
        .tellings()
        .log()
        .map(name -> WritableFile.of(Flag.LOG, name))
        .map(WritableFile::appender)
        .ifPresent(log -> log(report, log, diffs || options.has(Flag.DIFF)));
  }

  private static void log(RunReport report, Writer log, boolean diffs) {
    report.add(new LogReport(log, InstantSource.system(), diffs));
    report.closing(log);
  }

  private Optional<AnnotationReport> annotations(Appendable out) {
    boolean github = "true".equals(environment.get("GITHUB_ACTIONS"));
    String wanted = options.tellings().annotations().orElse(github ? "github" : "none");
    if (!wanted.equals("github")) {
      return Optional.empty();
    }
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    return Optional.of(new AnnotationReport(out, token, this::place));
  }

  /** The path of the playbook within the repository, which its name alone does not tell. */
  private String place(String source) {
    Path playbook = Path.of(Belay.file());
    if (!playbook.endsWith(source)) {
      return source;
    }
    Path root = Path.of(environment.getOrDefault("GITHUB_WORKSPACE", "")).toAbsolutePath();
    return playbook.startsWith(root) ? root.relativize(playbook).toString() : playbook.toString();
  }

  /** Lines of what hosts are at need somebody who looks on, at a terminal that can move back. */
  private boolean isLive() {
    String ci = environment.getOrDefault("CI", "");
    return streams.terminal().attended()
        && !options.has(Flag.NO_PROGRESS)
        && !environment.getOrDefault("TERM", "dumb").equals("dumb")
        && (ci.isEmpty() || ci.equals("false"));
  }

  private LiveLines live(RunReport report, ConsoleLook look) {
    TerminalSize size = new TerminalSize(environment);
    report.closing(size::close);
    return report.addLive(new LiveLines(streams.out(), look.colour(), size, System::nanoTime));
  }

  private ConsoleLook look(boolean diffs) {
    boolean terminal = streams.terminal().attended();
    return new ConsoleLook(
        diffs || options.has(Flag.DIFF),
        Colour.of(options.color()).on(terminal, environment),
        terminal ? TerminalSize.ask(environment).columns() : 0);
  }
}
