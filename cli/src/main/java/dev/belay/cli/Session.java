package dev.belay.cli;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.remote.Sh;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import dev.belay.core.run.TaskChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What every command on hosts needs: the hosts, the way to them, the person at the terminal.
 *
 * @param options the command line
 * @param inventory the hosts there are
 * @param connector the way to them
 * @param streams where text goes
 */
record Session(Invocation options, Inventory inventory, SshConnector connector, Streams streams) {

  /**
   * Reads the inventory and asks what has to be asked first.
   *
   * @throws ComplaintException when something of it is missing
   */
  static Session open(Invocation options, Streams streams) {
    Inventory inventory =
        Inventories.read(
            options.inventories(),
            options.extraVars(),
            VaultFlags.keys(options, streams.terminal()));
    inventory.warnings().forEach(warning -> streams.err().println("belay: warning: " + warning));
    return new Session(options, inventory, SshConnector.of(options, streams.terminal()), streams);
  }

  /**
   * Returns the hosts of a pattern, once their keys are known or nobody can be asked about them.
   *
   * @throws ComplaintException when there are none, or their keys are not believed
   */
  List<Host> select(String pattern) {
    List<Host> hosts = Inventories.select(pattern, inventory);
    Strangers.askAbout(this, hosts);
    return hosts;
  }

  /** Tells whether a person can be asked without a word of it getting into the output. */
  boolean mayAsk() {
    return streams.terminal().attended() && !options.has(Flag.JSON);
  }

  /** Returns a runner that tells the report and the notice. */
  Runner runner(Consumer<RunEvent> report, InterruptNotice notice) {
    return new Runner(connector, notice == null ? report : notice.andThen(report));
  }

  /**
   * Stands ready to tell what was going on.
   *
   * @param root whether the work is done as root, so that its journals are found as root only
   */
  InterruptNotice notice(boolean root) {
    return InterruptNotice.ready(streams.err(), sameHosts(root));
  }

  RunSettings settings(boolean apply) {
    return new RunSettings(apply, options.forks(), options.tags(), options.skipTags(), operator())
        .choosing(choice());
  }

  /** Returns which tasks the options mean. */
  TaskChoice choice() {
    return TaskChoice.tagged(options.tags(), options.skipTags()).startingAt(options.startAt());
  }

  /** Returns the options with which another command finds the same hosts in the same way. */
  private String sameHosts(boolean root) {
    List<String> words = new ArrayList<>();
    options.inventories().forEach(source -> add(words, "-i", source));
    options.user().ifPresent(user -> add(words, "-u", user));
    options.privateKeys().forEach(file -> add(words, "--private-key", file));
    options.knownHosts().ifPresent(file -> add(words, "--known-hosts", file));
    options.sshConfig().ifPresent(file -> add(words, "--ssh-config", file));
    options.vaultPasswordFiles().forEach(file -> add(words, "--vault-password-file", file));
    if (options.has(Flag.ASK_VAULT_PASS)) {
      words.add("-J");
    }
    options.become().user().ifPresent(user -> add(words, "--become-user", user));
    options.become().passwordFile().ifPresent(file -> add(words, "--become-password-file", file));
    if (options.has(Flag.BECOME_METHOD)) {
      add(words, "--become-method", options.become().method().word());
    }
    if (root || options.has(Flag.BECOME)) {
      words.add("-b");
    }
    return String.join(" ", words);
  }

  private static void add(List<String> words, String option, String value) {
    words.add(option);
    words.add(Sh.quote(value));
  }

  private static String operator() {
    return System.getProperty("user.name") + "@" + machine();
  }

  private static String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException notLinux) {
      return "localhost";
    }
  }
}
