package dev.belay.cli;

import dev.belay.core.inventory.Host;
import dev.belay.core.remote.KnownSecrets;
import dev.belay.core.run.ExitCode;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.UnreachableException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Logs in to hosts, becomes whom the options say, and runs one command; writes nothing. */
final class Ping {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Asks in words that every POSIX shell has. */
  private static final String QUESTION = "id -un; uname -sr";

  private final Session session;

  private Ping(Session session) {
    this.session = session;
  }

  /**
   * How a host answered.
   *
   * @param said user and system; empty where it did not answer
   * @param wrong why it did not; else empty
   */
  private record Answer(String host, List<String> said, String wrong, String advice, long millis) {
    /** Covers secrets. */
    private Answer {
      said = said.stream().map(KnownSecrets::masked).toList();
      wrong = KnownSecrets.masked(wrong);
    }

    boolean isHere() {
      return wrong.isEmpty();
    }
  }

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
    List<Host> hosts = Inventories.select(operands.get(0), session.inventory());
    List<Answer> answers = new Ping(session).all(hosts);
    answers.forEach(answer -> tell(answer, options, streams));
    return answers.stream().allMatch(Answer::isHere) ? ExitCode.OK : ExitCode.UNREACHABLE;
  }

  private List<Answer> all(List<Host> hosts) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(session.options().forks(), hosts.size()));
    try {
      List<Future<Answer>> asked = new ArrayList<>();
      hosts.forEach(host -> asked.add(threads.submit(() -> ask(host))));
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> one : asked) {
        answers.add(one.get());
      }
      return answers;
    } catch (ExecutionException bug) {
      throw new IllegalStateException("asking a host failed", bug.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ComplaintException.refused(
          "interrupted", "answers of all hosts", "an interrupt", "run it again");
    } finally {
      threads.shutdownNow();
    }
  }

  private Answer ask(Host host) {
    long start = System.nanoTime();
    List<String> said = new ArrayList<>();
    SshConnector connector = session.connector();
    try (Connection connection = connector.connect(host);
        Shell shell = connection.shell(connector.become(host, false), "")) {
      shell.exchange(
          List.of(Request.always(QUESTION, PATIENCE)),
          (Reply reply, int i) -> said.addAll(lines(reply)));
      return new Answer(host.name(), said, "", "", (System.nanoTime() - start) / 1_000_000);
    } catch (UnreachableException e) {
      return new Answer(
          host.name(),
          List.of(),
          e.getMessage(),
          e.advice(),
          (System.nanoTime() - start) / 1_000_000);
    }
  }

  private static List<String> lines(Reply reply) {
    return reply.text().lines().toList();
  }

  private static void tell(Answer answer, Invocation options, Streams streams) {
    if (options.has(Flag.JSON)) {
      streams.out().print(json(answer) + "\n");
    } else if (answer.isHere()) {
      streams
          .out()
          .printf(
              "%-20s ok  %s, %d ms%n",
              answer.host(), String.join(", ", answer.said()), answer.millis());
    } else {
      streams.out().printf("%-20s UNREACHABLE%n", answer.host());
      streams.out().printf("  got     %s%n  do      %s%n", answer.wrong(), answer.advice());
    }
  }

  private static String json(Answer answer) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeNumberProperty("v", 1);
      json.writeStringProperty("type", "ping");
      json.writeStringProperty("host", answer.host());
      json.writeBooleanProperty("ok", answer.isHere());
      json.writeNumberProperty("elapsed_ms", answer.millis());
      if (answer.isHere()) {
        json.writeStringProperty("user", answer.said().isEmpty() ? "" : answer.said().get(0));
      } else {
        json.writeStringProperty("got", answer.wrong());
        json.writeStringProperty("do", answer.advice());
      }
      json.writeEndObject();
    }
    return line.toString();
  }
}
