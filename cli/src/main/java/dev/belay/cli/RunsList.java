package dev.belay.cli;

import dev.belay.core.inventory.Host;
import dev.belay.core.journal.RunsFact;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.HostRuns;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.Runner;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Lists the runs of which hosts keep a journal. */
final class RunsList {

  private static final String ROW = "%-12s %-21s %-12s %7s  %-20s  %s%n";

  private RunsList() {}

  static ExitCode run(Invocation options, Streams streams) {
    List<String> operands = options.operands();
    if (operands.size() != 1) {
      throw ComplaintException.usage(
          "belay runs takes one host pattern",
          "belay runs PATTERN -i HOSTS|FILE",
          operands.isEmpty() ? "no pattern" : String.join(" ", operands),
          "name hosts or a group, or write all");
    }
    Session session = Session.open(options, streams);
    List<Host> hosts = session.select(operands.get(0));
    Runner runner = session.runner(problemsOf(Reports.shown(options, streams, false)), null);
    List<HostRuns> found = runner.runs(hosts, options.forks());
    if (options.has(Flag.JSON)) {
      json(found, streams.out());
    } else {
      table(found, streams.out());
    }
    return ExitCode.of(runner.recap(), false);
  }

  /** Only what went wrong is told while hosts are asked; the list itself comes afterwards. */
  private static Consumer<RunEvent> problemsOf(Consumer<RunEvent> report) {
    return event -> {
      if (event instanceof RunEvent.Unreachable || event instanceof RunEvent.Failed) {
        report.accept(event);
      }
    };
  }

  private static void table(List<HostRuns> hosts, PrintStream out) {
    if (hosts.stream().anyMatch(host -> !host.runs().isEmpty())) {
      out.printf(ROW, "HOST", "RUN", "STATE", "CHANGES", "STARTED", "PLAYBOOK, BY");
    }
    for (HostRuns host : hosts) {
      if (host.runs().isEmpty()) {
        out.printf("%-12s no runs%n", host.host());
      }
      for (RunsFact.Run run : host.runs()) {
        out.printf(
            ROW,
            host.host(),
            run.run(),
            run.state(),
            run.changes(),
            run.header().started(),
            what(run));
      }
    }
  }

  private static String what(RunsFact.Run run) {
    String undoes = run.header().undoes().isBlank() ? "" : " (run " + run.header().undoes() + ")";
    return run.header().playbook() + undoes + ", " + run.header().operator();
  }

  private static void json(List<HostRuns> hosts, PrintStream out) {
    JsonFactory factory = new JsonFactory();
    for (HostRuns host : hosts) {
      for (RunsFact.Run run : host.runs()) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), line)) {
          write(json, host.host(), run);
        }
        out.print(line.append('\n'));
      }
    }
  }

  private static void write(JsonGenerator json, String host, RunsFact.Run run) {
    json.writeStartObject();
    json.writeNumberProperty("v", 1);
    json.writeStringProperty("type", "run");
    json.writeStringProperty("host", host);
    json.writeStringProperty("run", run.run());
    json.writeStringProperty("state", run.state());
    json.writeNumberProperty("changes", run.changes());
    json.writeStringProperty("started", run.header().started());
    json.writeStringProperty("playbook", run.header().playbook());
    json.writeStringProperty("operator", run.header().operator());
    json.writeStringProperty("undoes", run.header().undoes());
    json.writeEndObject();
  }
}
