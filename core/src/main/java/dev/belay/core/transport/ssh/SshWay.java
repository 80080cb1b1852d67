package dev.belay.core.transport.ssh;

/** How the bytes get to a server. */
public sealed interface SshWay {

  /** The way without anything between. */
  SshWay STRAIGHT = new Straight();

  /** By a TCP connection of its own. */
  record Straight() implements SshWay {}

  /**
   * Through another SSH server, which opens the TCP connection from where it stands.
   *
   * @param hop that server, logged in to first and with its own host key checked
   */
  record Through(SshTarget hop) implements SshWay {}

  /**
   * Through standard input and output of a program on this machine.
   *
   * @param line command line for the user's shell
   */
  record Program(String line) implements SshWay {}

  /** Returns the way in words that follow an address; empty for the straight one. */
  default String words() {
    if (this instanceof Through through) {
      return " through " + through.hop().name();
    }
    return this instanceof Program ? " by ProxyCommand" : "";
  }
}
