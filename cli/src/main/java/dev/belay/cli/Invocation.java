package dev.belay.cli;

import dev.belay.core.remote.BecomeMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command line as it was understood.
 *
 * @param verb what to do
 * @param operands what stands after the verb and is no option: playbook file, hosts, run
 * @param flags options without a value that were given
 * @param inventories values of {@code -i}, in order
 * @param limit pattern that hosts must match as well
 * @param host the one host whose variables are shown
 * @param forks how many hosts at once, at least 1
 * @param user whom to log in as where the inventory names nobody
 * @param privateKeys keys to log in with; empty for those of the inventory or the usual ones
 * @param knownHosts file of host keys; empty for the usual ones
 * @param sshConfig ssh_config file instead of the usual ones, or {@code none}
 * @param become how to become another user where the inventory says nothing
 * @param vaultPasswordFiles files with passwords of Ansible Vault, or programs that print one
 * @param timeout longest wait for a connection
 * @param runTimeout longest time of an apply before hosts are told to end
 * @param tags only tasks with one of these; empty for all
 * @param skipTags no task with one of these
 * @param startAt task before which all are left out
 * @param extraVars values of {@code -e}, in order
 * @param junit file for a JUnit XML report
 * @param tellings what is told beside the terminal
 * @param out file that keeps the plan of a check
 * @param color {@code auto}, {@code always} or {@code never}
 */
record Invocation(
    Verb verb,
    List<String> operands,
    Set<Flag> flags,
    List<String> inventories,
    Optional<String> limit,
    Optional<String> host,
    int forks,
    Optional<String> user,
    List<String> privateKeys,
    Optional<String> knownHosts,
    Optional<String> sshConfig,
    Becoming become,
    List<String> vaultPasswordFiles,
    Duration timeout,
    Optional<Duration> runTimeout,
    Set<String> tags,
    Set<String> skipTags,
    Optional<String> startAt,
    List<String> extraVars,
    Optional<String> junit,
    Tellings tellings,
    Optional<String> out,
    String color) {

  /**
   * How to become another user.
   *
   * @param method by which program
   * @param user whom; empty for root
   * @param passwordFile file with the password, or a program that prints it
   */
  record Becoming(BecomeMethod method, Optional<String> user, Optional<String> passwordFile) {}

  /**
   * What is told of a run beside the terminal, or on it on request.
   *
   * @param report file for a page
   * @param log file to whose end a log is written
   * @param annotations {@code github} or {@code none}; empty for what the environment says
   * @param slowest how many of the slowest tasks, 0 for none
   */
  record Tellings(
      Optional<String> report, Optional<String> log, Optional<String> annotations, int slowest) {}

  boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /** Tells whether anything is to be written on hosts. */
  boolean writes() {
    return (verb == Verb.APPLY || verb == Verb.ROLLBACK) && !has(Flag.CHECK_ONLY);
  }
}
