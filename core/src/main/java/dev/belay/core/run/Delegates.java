package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.transport.Connection;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The hosts to which others delegate in one run. Thread-safe. */
final class Delegates {

  /** Takes a leg to a host. */
  interface Visit {
    boolean leg(
        HostStory story, Host host, Connection connection, HostTasks.Leg leg, EarlierPlays earlier);
  }

  private final Connector connector;
  private final Map<String, Host> hosts;
  private final Set<String> atWork;
  private final Turns turns;
  private final Function<String, Ledger> ledgers;
  private final Visit visit;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Set<String> lost = ConcurrentHashMap.newKeySet();

  /**
   * Makes them for a run.
   *
   * @param atWork hosts that have tasks of their own in the run
   * @param ledgers the one ledger of the run on a host, by its name
   */
  Delegates(
      Connector connector,
      Inventory inventory,
      Collection<Host> atWork,
      Turns turns,
      Function<String, Ledger> ledgers,
      Visit visit) {
    this.connector = connector;
    this.hosts = inventory.hosts().stream().collect(Collectors.toMap(Host::name, host -> host));
    this.atWork = atWork.stream().map(Host::name).collect(Collectors.toSet());
    this.turns = turns;
    this.ledgers = ledgers;
    this.visit = visit;
  }

  Connector connector() {
    return connector;
  }

  Host host(String name) {
    return hosts.get(name);
  }

  /** Tells whether a host has tasks of its own in the run. */
  boolean isAtWork(String name) {
    return atWork.contains(name);
  }

  Turns turns() {
    return turns;
  }

  Ledger ledger(String name) {
    return ledgers.apply(name);
  }

  Visit visit() {
    return visit;
  }

  /** Returns what a line holds while it changes a host. */
  ReentrantLock lock(String name) {
    return locks.computeIfAbsent(name, key -> new ReentrantLock(true));
  }

  /** Notes that a host was lost or rolled back in the middle: this run does nothing more there. */
  void lose(String name) {
    lost.add(name);
  }

  boolean isLost(String name) {
    return lost.contains(name);
  }
}
