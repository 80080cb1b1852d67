package dev.belay.core.transport.sshconfig;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The way the bytes take to a host. */
public sealed interface SshRoute {

  /** Straight, by TCP. */
  record Direct() implements SshRoute {}

  /**
   * Through other SSH servers.
   *
   * @param hops from the nearest to the one next to the host; at least one
   */
  record Jump(List<Hop> hops) implements SshRoute {

    /** Copies the list. */
    public Jump {
      hops = List.copyOf(hops);
    }
  }

  /**
   * Through a program's standard input and output.
   *
   * @param line command line for the local shell, with all tokens replaced
   */
  record Command(String line) implements SshRoute {}

  /**
   * One server on the way; what is not said here its own configuration says.
   *
   * @param host name or address, itself looked up in the configuration
   * @param user whom to log in as
   * @param port TCP port
   */
  record Hop(String host, Optional<String> user, OptionalInt port) {}
}
