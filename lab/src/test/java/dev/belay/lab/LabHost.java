package dev.belay.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A host of the lab: made by lab/lab, changed by the belay launcher, looked at through ssh. */
final class LabHost implements AutoCloseable {

  static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";

  private static final String SERVER =
      "pid=$(ss -Htlnp sport = :6443 | sed 's/.*pid=\\([0-9]*\\).*/\\1/'); ";

  /** Long enough to compile Kubernetes, which the first use of a control plane does. */
  private static final Duration BUILD = Duration.ofMinutes(60);

  private static final Duration LOOK = Duration.ofSeconds(60);
  private static final Duration RUN = Duration.ofMinutes(10);

  private final Path project = project();
  private final String name;
  private final Path inventory;

  private LabHost(String name, Path inventory) {
    this.name = name;
    this.inventory = inventory;
  }

  /** Makes a fresh host, in place of one of that name. */
  static LabHost up(String name, Path scratch, String... options) {
    var host = new LabHost(name, scratch.resolve(name + ".yaml"));
    // Built now where it is older than its sources, not in the middle of a test.
    Ran.of(host.project, Map.of(), RUN, host.project.resolve("belay").toString(), "version").well();
    if (host.lab(LOOK, "list").well().lines().anyMatch(line -> line.startsWith(name + " "))) {
      host.lab(LOOK, "down", name).well();
    }
    var words = new ArrayList<>(List.of("up", name));
    words.addAll(List.of(options));
    host.lab(BUILD, words.toArray(String[]::new)).well();
    try {
      Files.writeString(host.inventory, host.lab(LOOK, "inventory", name).well());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return host;
  }

  /** Returns the top of the checkout. */
  static Path project() {
    var here = Path.of("").toAbsolutePath();
    return here.endsWith("lab") ? here.getParent() : here;
  }

  private Path lab() {
    return project.resolve("lab/lab");
  }

  private Ran lab(Duration limit, String... words) {
    return Ran.of(project, Map.of(), limit, words(lab().toString(), words));
  }

  private static String[] words(String first, String... more) {
    var all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** Runs the belay command on this host. */
  Ran belay(Map<String, String> environment, String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("-i", inventory.toString(), "--known-hosts", knownHosts()));
    return Ran.of(
        project,
        environment,
        RUN,
        words(project.resolve("belay").toString(), all.toArray(String[]::new)));
  }

  /** Returns the inventory file with this host in it. */
  String inventory() {
    return inventory.toString();
  }

  /** Returns the address by which this machine reaches the host. */
  String address() {
    return lab(LOOK, "list")
        .well()
        .lines()
        .map(line -> line.split(" +", -1))
        .filter(words -> words[0].equals(name))
        .map(words -> words[1])
        .findFirst()
        .orElseThrow();
  }

  /** Returns the name of this machine's end of the host's network, as lab/lib/address.sh has it. */
  String link() {
    return "bl" + address().split("[.]", -1)[2];
  }

  /** Returns the file with the key that opens the lab's hosts. */
  Path key() {
    return Path.of(knownHosts()).resolveSibling("keys/id_ed25519");
  }

  String knownHosts() {
    return lab(LOOK, "known-hosts").well().strip();
  }

  /** Runs a line of shell as root, whatever the host's network and its sshd are like. */
  Ran inside(String line) {
    return lab(LOOK, "enter", name, "timeout", "-k", "2", "20", "sh", "-c", line);
  }

  /** Runs a line of shell as root and returns what it said. */
  String root(String line) {
    return lab(LOOK, "ssh", name, "sudo", "sh", "-c", quoted(line)).well();
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** Waits until a line of shell succeeds. */
  void await(Duration limit, String line) {
    var end = Instant.now().plus(limit);
    while (true) {
      var ran = lab(LOOK, "ssh", name, "sudo", "sh", "-c", quoted(line));
      if (ran.exit() == 0) {
        return;
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(
            "not within " + limit.toSeconds() + " s: " + line + "\n" + ran.output());
      }
    }
  }

  /** Starts a line of shell like {@link #inside} that goes on; whoever starts it ends it. */
  Process start(String line) {
    try {
      var words = words(lab().toString(), "enter", name, "sh", "-c", line);
      return new ProcessBuilder(words)
          .directory(project.toFile())
          .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Restarts kubelet, so that it forgets how often containers ended. It holds a static pod back
   * longer from time to time, up to five minutes, also one that has ended only because its manifest
   * was exchanged for a while; nobody does that to a real control plane every minute.
   */
  void forgetCrashes() {
    root("systemctl restart kubelet");
    await(
        Duration.ofSeconds(90),
        "curl -sf http://127.0.0.1:10248/healthz && kubectl get --raw /readyz");
  }

  /**
   * Waits until nothing is left of Belay on the host but its journals: no process, lock, debt,
   * unit, timer or temporary file. Sessions of a controller that was killed take a moment to end.
   */
  void assertClean() {
    var end = Instant.now().plus(Duration.ofSeconds(30));
    var left = leftovers();
    while (!left.isBlank() && Instant.now().isBefore(end)) {
      left = leftovers();
    }
    if (!left.isBlank()) {
      throw new AssertionError("left of belay on " + name + ":\n" + left);
    }
  }

  /** Returns what is left of Belay on the host besides its journals, a line each. */
  String leftovers() {
    return inside(Leftovers.LOOK).well();
  }

  /** Returns everything below directories: names, kinds, owners, modes, times and contents. */
  String tree(String... directories) {
    var places = String.join(" ", directories);
    return root(
        "for d in %s; do [ -e $d ] || echo $d is absent; done; find %s -printf '%%p %%y %%m %%U:%%G %%T@ %%l\\n' 2>/dev/null | sort; find %s -type f -exec sha256sum {} + 2>/dev/null | sort -k2"
            .formatted(places, places, places));
  }

  /**
   * Returns process number and start time of the API server that holds the port; the one before it
   * may need its whole grace period to end.
   */
  String apiServerProcess() {
    return root(SERVER + "echo $pid $(cut -d' ' -f22 /proc/$pid/stat)");
  }

  /** Returns the command line of the API server, an argument a line. */
  List<String> apiServerArguments() {
    return root(SERVER + "tr '\\0' '\\n' </proc/$pid/cmdline").lines().toList();
  }

  @Override
  public void close() {
    lab(LOOK, "down", name).well();
  }
}
