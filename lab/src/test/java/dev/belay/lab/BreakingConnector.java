package dev.belay.lab;

import dev.belay.core.inventory.Host;
import dev.belay.core.run.Connector;
import dev.belay.core.transport.Become;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * Comes to a host like another connector and passes every step of the protocol to a breaker: each
 * login, each shell, each request that is sent, each reply that is received, each end.
 *
 * <p>Requests travel in lists. A run that is broken before the k-th request of a list has sent the
 * k-1 before it; one that is broken after the k-th reply has sent the whole list, and the host may
 * be at work on the rest of it.
 *
 * @param inner the way to the host
 * @param breaker what counts and breaks
 */
record BreakingConnector(Connector inner, Breaker breaker) implements Connector {

  @Override
  public Connection connect(Host host) {
    breaker.step("before a login");
    Connection connection = inner.connect(host);
    breaker.step("after a login");
    return new Connection() {
      @Override
      public Shell shell(Optional<Become> become, String functions) {
        Shell shell = connection.shell(become, functions);
        breaker.step("a shell was started");
        return new Stepped(shell);
      }

      @Override
      public void close() {
        breaker.step("before a connection is closed");
        connection.close();
      }
    };
  }

  @Override
  public Optional<Become> become(Host host, boolean root) {
    return inner.become(host, root);
  }

  private final class Stepped implements Shell {

    private final Shell shell;

    Stepped(Shell shell) {
      this.shell = shell;
    }

    @Override
    public void exchange(List<Request> requests, ObjIntConsumer<Reply> onReply) {
      int size = requests.size();
      for (int sent = 0; sent < size; sent++) {
        if (breaker.isNext() && sent > 0) {
          shell.exchange(requests.subList(0, sent), (reply, index) -> {});
        }
        breaker.step("sent " + sent + " of " + size + "; next: " + words(requests.get(sent)));
      }
      shell.exchange(
          requests,
          (reply, index) -> {
            onReply.accept(reply, index);
            breaker.step("received " + (index + 1) + " of " + size);
          });
    }

    /** The first words of a request, for the table of results. */
    private static String words(Request request) {
      String line = request.script().lines().findFirst().orElse("").strip();
      return line.substring(0, Math.min(40, line.length()));
    }

    @Override
    public int roundTrips() {
      return shell.roundTrips();
    }

    @Override
    public void close() {
      breaker.step("before a shell is closed");
      shell.close();
    }
  }
}
