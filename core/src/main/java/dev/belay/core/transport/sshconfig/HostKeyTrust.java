package dev.belay.core.transport.sshconfig;

/** What is done about a host key that no known_hosts file vouches for. */
public enum HostKeyTrust {
  /** It is refused: {@code StrictHostKeyChecking yes}. */
  KNOWN_ONLY,
  /** A person decides: {@code ask}, OpenSSH's default; with nobody there it is refused. */
  ASK,
  /** A host seen for the first time is believed and noted, a changed key is refused. */
  ACCEPT_NEW,
  /** Any key is believed, also a changed one: {@code no}. */
  ACCEPT_ANY
}
