package dev.belay.core.transport.sshconfig;

import java.util.Map;

/**
 * Who connects, and from where: what the configuration's tokens speak of.
 *
 * @param user name of the local user, {@code %u}
 * @param home absolute path of the home directory, {@code %d} and {@code ~}
 * @param uid number of the local user, {@code %i}
 * @param machine name of this machine, {@code %l}; up to its first dot {@code %L}
 * @param environment variables, of which {@code SSH_AUTH_SOCK} names the agent
 */
public record SshCaller(
    String user, String home, long uid, String machine, Map<String, String> environment) {

  /** Copies the map. */
  public SshCaller {
    environment = Map.copyOf(environment);
  }
}
