package dev.belay.cli;

import dev.belay.core.inventory.Host;
import dev.belay.core.run.ExitCode;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Logs in to hosts, becomes whom the options say, and runs one command; writes nothing. */
final class Ping {

  /** Asks in words that every POSIX shell has. */
  private static final String QUESTION = "id -un; uname -sr";

  private Ping() {}

  static ExitCode run(Invocation options, Streams streams) {
    List<String> operands = options.operands();
    if (operands.size() != 1) {
      throw ComplaintException.usage(
          "belay ping takes one host pattern",
          "belay ping PATTERN -i HOSTS|FILE",
          operands.isEmpty() ? "no pattern" : String.join(" ", operands),
          "name hosts or a group, or write all");
    }
    Session session = Session.open(options, streams);
    List<Host> hosts = session.select(operands.get(0));
    List<HostAnswer> answers = HostAnswer.all(session, hosts, QUESTION);
    answers.forEach(answer -> tell(answer, options, streams));
    return answers.stream().allMatch(HostAnswer::isHere) ? ExitCode.OK : ExitCode.UNREACHABLE;
  }

  private static List<String> lines(HostAnswer answer) {
    return answer.said().lines().toList();
  }

  private static void tell(HostAnswer answer, Invocation options, Streams streams) {
    if (options.has(Flag.JSON)) {
      streams.out().print(json(answer) + "\n");
    } else if (answer.isHere()) {
      streams
          .out()
          .printf(
              "%-20s ok  %s, %d ms%n",
              answer.host(), String.join(", ", lines(answer)), answer.millis());
    } else {
      streams.out().printf("%-20s UNREACHABLE%n", answer.host());
      streams.out().printf("  got     %s%n  do      %s%n", answer.wrong(), answer.advice());
    }
  }

  private static String json(HostAnswer answer) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeNumberProperty("v", 1);
      json.writeStringProperty("type", "ping");
      json.writeStringProperty("host", answer.host());
      json.writeBooleanProperty("ok", answer.isHere());
      json.writeNumberProperty("elapsed_ms", answer.millis());
      if (answer.isHere()) {
        json.writeStringProperty("user", answer.said().isEmpty() ? "" : lines(answer).get(0));
      } else {
        json.writeStringProperty("got", answer.wrong());
        json.writeStringProperty("do", answer.advice());
      }
      json.writeEndObject();
    }
    return line.toString();
  }
}
