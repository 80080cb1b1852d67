package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.transport.Become;
import dev.belay.core.transport.Connection;
import java.util.Optional;

/** How the runner comes to a host: the one place where a run meets the network. */
public interface Connector {

  /**
   * Opens a connection.
   *
   * @throws dev.belay.core.transport.UnreachableException when the host cannot be reached, is not
   *     the one we know, or refuses us
   */
  Connection connect(Host host);

  /**
   * Tells as whom the tasks of a play run.
   *
   * @param root whether the play asks for root
   * @return whom to become; empty for the login user
   */
  Optional<Become> become(Host host, boolean root);
}
