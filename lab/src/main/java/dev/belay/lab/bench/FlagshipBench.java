package dev.belay.lab.bench;

import dev.belay.testkit.host.EmbeddedHost;
import dev.belay.testkit.host.LoopbackSshd;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares whole processes on one host that has nothing to change: {@code belay check}, {@code
 * belay apply} and a hand-written idempotent script through {@code ssh host sh -s}, all through the
 * machine's OpenSSH server, at several round-trip times, in turns.
 */
public final class FlagshipBench {

  private static final int MEGA = 1024;

  private final Path top;
  private final Path work;
  private final LoopbackSshd sshd;
  private final int rounds;
  private final PrintStream out;

  private FlagshipBench(Path top, Path work, LoopbackSshd sshd, int rounds, PrintStream out) {
    this.top = top;
    this.work = work;
    this.sshd = sshd;
    this.rounds = rounds;
    this.out = out;
  }

  /** Runs the benchmark: top of the checkout, and how many rounds. Ends by itself. */
  public static void main(String[] args) throws Exception {
    Path work = Files.createTempDirectory("belay-bench");
    try (EmbeddedHost host = EmbeddedHost.start();
        LoopbackSshd sshd = LoopbackSshd.start(host)) {
      FlagshipBench bench =
          new FlagshipBench(Path.of(args[0]), work, sshd, Integer.parseInt(args[1]), System.out);
      bench.prepare();
      for (long rtt : new long[] {0, 50, 100}) {
        bench.compare(rtt);
      }
    }
  }

  private void prepare() throws IOException, InterruptedException {
    Files.copy(top.resolve("lab/bench/flagship.sh"), work.resolve("flagship.sh"));
    try (DelayRelay relay = DelayRelay.start(sshd.port(), 0)) {
      TimedProcess applied = run(belay("apply", relay.port(), "-y"), null);
      out.println(applied.output().lines().reduce((a, b) -> b).orElse(""));
    }
  }

  private void compare(long rtt) throws IOException, InterruptedException {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    Map<String, Long> peaks = new LinkedHashMap<>();
    String trips = "";
    try (DelayRelay relay = DelayRelay.start(sshd.port(), rtt)) {
      int port = relay.port();
      for (int i = -1; i < rounds; i++) {
        Map<String, TimedProcess> round = new LinkedHashMap<>();
        round.put("ssh sh -s", run(ssh(port, List.of()), work.resolve("flagship.sh")));
        round.put(
            "ssh sh -s, curve25519",
            run(
                ssh(port, List.of("-o", "KexAlgorithms=curve25519-sha256")),
                work.resolve("flagship.sh")));
        round.put("belay check", run(belay("check", port), null));
        round.put("belay apply", run(belay("apply", port, "-y"), null));
        trips =
            round.get("belay check").output().replaceAll("(?s).* ([0-9]+ round trips?).*", "$1");
        if (i >= 0) {
          round.forEach(
              (who, taken) -> {
                times.computeIfAbsent(who, key -> new ArrayList<>()).add(taken.seconds());
                peaks.merge(who, taken.peakKilobytes(), Math::max);
              });
        }
      }
    }
    print(rtt, times, peaks, trips);
  }

  private void print(
      long rtt, Map<String, List<Double>> times, Map<String, Long> peaks, String trips) {
    double script = median(times.get("ssh sh -s"));
    out.printf("%d ms round-trip time, %d rounds, check takes %s%n", rtt, rounds, trips);
    times.forEach(
        (who, list) ->
            out.printf(
                "  %-22s median %.2f s  min %.2f s  ratio %.2f  peak %d MB%n",
                who,
                median(list),
                list.stream().min(Double::compare).orElse(0.0),
                median(list) / script,
                peaks.get(who) / MEGA));
  }

  private static double median(List<Double> list) {
    return list.stream().sorted().toList().get(list.size() / 2);
  }

  private List<String> ssh(int port, List<String> options) throws IOException {
    List<String> words = new ArrayList<>(List.of("ssh", "-F", "none", "-p", "" + port));
    words.addAll(List.of("-i", sshd.privateKeyFile().toString(), "-o", "IdentitiesOnly=yes"));
    words.addAll(List.of("-o", "UserKnownHostsFile=" + knownHosts(port)));
    words.addAll(options);
    words.addAll(List.of(sshd.user() + "@127.0.0.1", "sh", "-s"));
    return words;
  }

  private List<String> belay(String verb, int port, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of(top.resolve("belay").toString(), verb));
    words.add(top.resolve("examples/ControlPlaneAudit.java").toString());
    words.addAll(List.of("-i", inventory(port).toString()));
    words.addAll(List.of("--known-hosts", knownHosts(port).toString()));
    words.addAll(List.of(more));
    return words;
  }

  private Path inventory(int port) throws IOException {
    return Files.writeString(
        work.resolve("inventory-" + port + ".yaml"),
        """
        control_plane:
          hosts:
            cp1:
              ansible_host: 127.0.0.1
              ansible_port: %d
              ansible_user: %s
              ansible_become: false
              ansible_ssh_private_key_file: %s
        """
            .formatted(port, sshd.user(), sshd.privateKeyFile()));
  }

  /** The relay listens on a port of its own, so the server's key needs a line for it. */
  private Path knownHosts(int port) throws IOException {
    String key = Files.readString(sshd.knownHostsFile()).strip().replaceFirst("\\S+ ", "");
    return Files.writeString(
        work.resolve("known-" + port), "[127.0.0.1]:" + port + " " + key + "\n");
  }

  private TimedProcess run(List<String> words, Path input)
      throws IOException, InterruptedException {
    return TimedProcess.of(words, input, work);
  }
}
