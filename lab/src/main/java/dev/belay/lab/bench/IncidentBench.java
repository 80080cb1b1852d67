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
import java.util.function.ToDoubleFunction;

/**
 * Compares {@code belay check examples/IncidentReport.java} with the tutorial's {@code cat LOG |
 * grep citadel | jq 'select(.verb == "delete")'} on one audit log of a host: whole processes, both
 * through the machine's OpenSSH server, in turns.
 */
public final class IncidentBench {

  private static final String LOG = "/var/log/kubernetes/audit/audit.log";

  /** Leaves what an API server with --audit-log-maxsize=100 would have left. */
  private static final String ROTATE =
      "cd /var/log/kubernetes/audit && split -C 100000000 -d audit.log part. && rm audit.log"
          + " && set -- part.* && for part; do shift; case $# in 0) mv $part audit.log ;;"
          + " *) mv $part audit-2026-11-22T${part#part.}-00-00.000.log ;; esac; done";

  private static final String TUTORIAL =
      "cat /var/log/kubernetes/audit/audit*.log | grep citadel | jq 'select (.verb == \"delete\")' >/opt/found.json";

  private final Path top;
  private final Path work;
  private final LoopbackSshd sshd;
  private final PrintStream out;

  private IncidentBench(Path top, Path work, LoopbackSshd sshd, PrintStream out) {
    this.top = top;
    this.work = work;
    this.sshd = sshd;
    this.out = out;
  }

  /**
   * Runs the benchmark: top of the checkout, how many rounds, megabytes of log, and how often a
   * dashboard reads while agent-smith recreates things once; a fifth one if the log is rotated as
   * an API server does. Ends by itself.
   */
  public static void main(String[] args) throws Exception {
    Path work = Files.createTempDirectory("belay-bench");
    Path log = work.resolve("audit.log");
    AuditLogGenerator.main(new String[] {log.toString(), args[2], "1", args[3]});
    try (EmbeddedHost host = EmbeddedHost.start();
        LoopbackSshd sshd = LoopbackSshd.start(host)) {
      host.run("mkdir -p " + Path.of(LOG).getParent());
      IncidentBench bench = new IncidentBench(Path.of(args[0]), work, sshd, System.out);
      TimedProcess.of(bench.ssh("cat >" + LOG), log, work);
      if (args.length > 4) {
        host.run(ROTATE);
        System.out.println(host.run("ls /var/log/kubernetes/audit"));
      }
      bench.compare(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    } finally {
      Files.delete(log);
    }
  }

  private void compare(int rounds, int megabytes) throws IOException, InterruptedException {
    Map<String, List<TimedProcess>> taken = new LinkedHashMap<>();
    int before = 2; // the first check compiles the playbook, the second keeps its classes
    for (int i = -before; i < rounds; i++) {
      Map<String, TimedProcess> round = new LinkedHashMap<>();
      round.put("grep | jq", TimedProcess.of(ssh(TUTORIAL), null, work));
      round.put("belay check", TimedProcess.of(belay(), null, work));
      if (i < 0) {
        out.println(round.get("belay check").output());
      } else {
        round.forEach((who, one) -> taken.computeIfAbsent(who, k -> new ArrayList<>()).add(one));
      }
    }
    double tutorial = median(taken.get("grep | jq"), TimedProcess::seconds);
    double processor = median(taken.get("grep | jq"), TimedProcess::processor);
    taken.forEach(
        (who, list) ->
            out.printf(
                "  %-12s median %.2f s  min %.2f s  %.0f MB/s  throughput %.1f times"
                    + "  processor median %.2f s  min %.2f s  %.1f times  peak %d MB%n",
                who,
                median(list, TimedProcess::seconds),
                least(list, TimedProcess::seconds),
                megabytes / median(list, TimedProcess::seconds),
                tutorial / median(list, TimedProcess::seconds),
                median(list, TimedProcess::processor),
                least(list, TimedProcess::processor),
                processor / median(list, TimedProcess::processor),
                list.stream().mapToLong(TimedProcess::peakKilobytes).max().orElse(0) / 1024));
  }

  private static double median(List<TimedProcess> list, ToDoubleFunction<TimedProcess> of) {
    return list.stream().mapToDouble(of).sorted().toArray()[list.size() / 2];
  }

  private static double least(List<TimedProcess> list, ToDoubleFunction<TimedProcess> of) {
    return list.stream().mapToDouble(of).min().orElse(0);
  }

  private List<String> ssh(String command) throws IOException {
    List<String> words = new ArrayList<>(List.of("ssh", "-F", "none", "-p", "" + sshd.port()));
    words.addAll(List.of("-i", sshd.privateKeyFile().toString(), "-o", "IdentitiesOnly=yes"));
    words.addAll(List.of("-o", "UserKnownHostsFile=" + sshd.knownHostsFile()));
    words.addAll(List.of(sshd.user() + "@127.0.0.1", command));
    return words;
  }

  private List<String> belay() throws IOException {
    List<String> words = new ArrayList<>(List.of(top.resolve("belay").toString(), "check"));
    words.addAll(List.of(top.resolve("examples/IncidentReport.java").toString(), "--diff"));
    words.addAll(List.of("-i", inventory().toString()));
    words.addAll(List.of("--known-hosts", sshd.knownHostsFile().toString()));
    return words;
  }

  private Path inventory() throws IOException {
    return Files.writeString(
        work.resolve("inventory.yaml"),
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
            .formatted(sshd.port(), sshd.user(), sshd.privateKeyFile()));
  }
}
