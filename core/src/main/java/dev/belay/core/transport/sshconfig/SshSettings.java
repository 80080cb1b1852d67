package dev.belay.core.transport.sshconfig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a configuration says about one host, all tokens replaced.
 *
 * @param hostName where to connect to
 * @param user whom to log in as; empty where nothing says so
 * @param port TCP port; empty where nothing says so
 * @param keys what to log in with
 * @param hostKeys how the host proves itself
 * @param route the way there
 * @param waits how long to be patient
 */
public record SshSettings(
    String hostName,
    Optional<String> user,
    OptionalInt port,
    Keys keys,
    HostKeys hostKeys,
    SshRoute route,
    Waits waits) {

  /**
   * What to log in with.
   *
   * @param identityFiles private or public key files in order; empty where none are named, which
   *     means the usual ones, as opposed to an empty list after {@code IdentityFile none}
   * @param certificateFiles certificates of those keys
   * @param identitiesOnly whether the agent's other keys stay out
   * @param agent the agent's socket; empty for no agent
   */
  public record Keys(
      Optional<List<Path>> identityFiles,
      List<Path> certificateFiles,
      boolean identitiesOnly,
      Optional<Path> agent) {

    /** Copies the lists. */
    public Keys {
      identityFiles = identityFiles.map(List::copyOf);
      certificateFiles = List.copyOf(certificateFiles);
    }
  }

  /**
   * How the host proves itself.
   *
   * @param trust what is done about an unknown key
   * @param alias the name to look for instead of the host's own
   * @param userFiles known_hosts files, the first of which takes new keys
   * @param globalFiles known_hosts files that are only read
   * @param hashNames whether new lines hide the host's name
   */
  public record HostKeys(
      HostKeyTrust trust,
      Optional<String> alias,
      List<Path> userFiles,
      List<Path> globalFiles,
      boolean hashNames) {

    /** Copies the lists. */
    public HostKeys {
      userFiles = List.copyOf(userFiles);
      globalFiles = List.copyOf(globalFiles);
    }
  }

  /**
   * How long to be patient.
   *
   * @param connect longest wait while connecting; empty where nothing says so
   * @param aliveInterval after how much silence the server is asked for a sign of life; zero for
   *     never, empty where nothing says so
   * @param aliveCount how many such questions may stay without answer
   */
  public record Waits(
      Optional<Duration> connect, Optional<Duration> aliveInterval, int aliveCount) {}
}
