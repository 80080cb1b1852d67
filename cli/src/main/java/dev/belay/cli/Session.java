package dev.belay.cli;

import dev.belay.core.inventory.Inventory;
import dev.belay.core.remote.Sh;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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
    Inventory inventory = Inventories.read(options.inventories());
    inventory.warnings().forEach(warning -> streams.err().println("belay: warning: " + warning));
    return new Session(options, inventory, SshConnector.of(options, streams.terminal()), streams);
  }

  /** Returns a runner that tells the report and the notice. */
  Runner runner(Consumer<RunEvent> report, InterruptNotice notice) {
    return new Runner(connector, notice == null ? report : notice.andThen(report));
  }

  InterruptNotice notice() {
    return InterruptNotice.ready(streams.err(), sameHosts());
  }

  RunSettings settings(boolean apply) {
    return new RunSettings(apply, options.forks(), options.tags(), options.skipTags(), operator());
  }

  /** Returns the options with which another command finds the same hosts. */
  private String sameHosts() {
    return options.inventories().stream()
        .map(source -> "-i " + Sh.quote(source))
        .collect(Collectors.joining(" "));
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
