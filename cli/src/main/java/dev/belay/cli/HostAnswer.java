package dev.belay.cli;

import dev.belay.core.inventory.Host;
import dev.belay.core.remote.KnownSecrets;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How a host answered to one script that only reads.
 *
 * @param host its name
 * @param said what the script printed; empty where the host did not answer
 * @param wrong why it did not; else empty
 * @param advice what to do about it; else empty
 * @param millis since the connection was begun
 * @param roundTrips requests sent and waited for, after login
 */
record HostAnswer(
    String host, String said, String wrong, String advice, long millis, int roundTrips) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Covers secrets. */
  HostAnswer {
    said = KnownSecrets.masked(said);
    wrong = KnownSecrets.masked(wrong);
  }

  boolean isHere() {
    return wrong.isEmpty();
  }

  /** Asks all hosts, some at once, and returns the answers in the order of the hosts. */
  static List<HostAnswer> all(Session session, List<Host> hosts, String script) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(session.options().forks(), hosts.size()));
    try {
      List<Future<HostAnswer>> asked = new ArrayList<>();
      hosts.forEach(host -> asked.add(threads.submit(() -> ask(session, host, script))));
      List<HostAnswer> answers = new ArrayList<>();
      for (Future<HostAnswer> one : asked) {
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

  private static HostAnswer ask(Session session, Host host, String script) {
    long start = System.nanoTime();
    List<Reply> replies = new ArrayList<>();
    SshConnector connector = session.connector();
    try (Connection connection = connector.connect(host);
        Shell shell = connection.shell(connector.become(host, false), "")) {
      shell.exchange(List.of(Request.always(script, PATIENCE)), (reply, i) -> replies.add(reply));
      String said = replies.get(0).text();
      return new HostAnswer(host.name(), said, "", "", since(start), shell.roundTrips());
    } catch (UnreachableException e) {
      return new HostAnswer(host.name(), "", e.getMessage(), e.advice(), since(start), 0);
    }
  }

  private static long since(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
