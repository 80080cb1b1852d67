package dev.belay.testkit.rope;

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
 * Comes to a host like another connector, with somebody in between who adds to the prelude and sees
 * each list of requests before it is sent.
 *
 * @param inner the way to the host
 * @param more shell text after the prelude
 * @param tap who sees the requests
 */
record Tapped(Connector inner, String more, Tap tap) implements Connector {

  /** Sees the requests of one exchange, counted from 1, and returns those to be sent. */
  @FunctionalInterface
  interface Tap {
    List<Request> requests(int exchange, List<Request> requests);
  }

  static Tapped prelude(Connector inner, String more) {
    return new Tapped(inner, more, (exchange, requests) -> requests);
  }

  /** Does something once, before the given exchange. */
  static Tapped before(Connector inner, int exchange, Runnable act) {
    return new Tapped(
        inner,
        "",
        (number, requests) -> {
          if (number == exchange) {
            act.run();
          }
          return requests;
        });
  }

  @Override
  public Connection connect(Host host) {
    Connection connection = inner.connect(host);
    return new Connection() {
      @Override
      public Shell shell(Optional<Become> become, String functions) {
        return tapped(connection.shell(become, functions + more));
      }

      @Override
      public void close() {
        connection.close();
      }
    };
  }

  @Override
  public Optional<Become> become(Host host, boolean root) {
    return inner.become(host, root);
  }

  private Shell tapped(Shell shell) {
    return new Shell() {
      private int exchange;

      @Override
      public void exchange(List<Request> requests, ObjIntConsumer<Reply> onReply) {
        shell.exchange(tap.requests(++exchange, requests), onReply);
      }

      @Override
      public int roundTrips() {
        return shell.roundTrips();
      }

      @Override
      public void close() {
        shell.close();
      }
    };
  }
}
