package dev.belay.core.report;

import dev.belay.core.change.Diff;
import dev.belay.core.plan.Problem;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Secret;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Kind;
import dev.belay.core.run.RunEvent.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Runs as they could have happened, for transcripts and for looking at them in a terminal. */
final class SampleRuns {

  static final String PLAYBOOK = "Control plane audit";
  static final String RUN = "20261122T011407Z";
  static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
  static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";

  private static final String OLD_MANIFEST =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: kube-apiserver
        namespace: kube-system
      spec:
        containers:
        - command:
          - kube-apiserver
          - --advertise-address=10.0.0.11
          - --allow-privileged=true
          image: registry.k8s.io/kube-apiserver:v1.31.2
      """;

  private SampleRuns() {}

  /** A check of one fresh host. */
  static List<RunEvent> check() {
    return ended(
        new ArrayList<>(
            List.of(
                new RunEvent.Started(Kind.CHECK, PLAYBOOK, RUN, List.of("cp1")),
                new RunEvent.Connected("cp1", Duration.ofMillis(210)),
                task("cp1", "audit", "directory[/var/log/kubernetes/audit]", Status.OK),
                task(
                    "cp1",
                    "audit",
                    "audit policy",
                    Status.WOULD_CHANGE,
                    "write " + POLICY + " (0600 root:root, 176 bytes)",
                    List.of(
                        newPolicy(), new Diff.Line("mode and owner", "absent", "0600 root:root")),
                    "",
                    Duration.ZERO),
                task(
                    "cp1",
                    "audit",
                    "API server writes an audit log",
                    Status.WOULD_CHANGE,
                    "write " + MANIFEST + " (0600 root:root, 402 bytes)",
                    List.of(manifest("audit-policy-file")),
                    "",
                    Duration.ZERO),
                new RunEvent.Warned(
                    "cp1",
                    "API server writes an audit log",
                    "`kubeadm upgrade` writes this manifest anew and drops hand edits; keep them in"
                        + " the ClusterConfiguration of the cluster as well:\n"
                        + "  apiServer:\n    extraArgs:\n      audit-policy-file: "
                        + POLICY),
                task("cp1", "falco", "pkg[falco]", Status.WOULD_CHANGE, "install falco 0.39.1"),
                note(
                    "cp1",
                    "falco",
                    "Falco writes to a file",
                    Status.MAY_CHANGE,
                    "/etc/falco/falco.yaml comes with package falco, installed by task \"pkg[falco]\","
                        + " and this host cannot download the package beforehand"),
                note("cp1", "falco", "falco from a mirror", Status.SKIPPED, "not: offline host"),
                new RunEvent.HostEnded("cp1", 1, Duration.ofMillis(640)))),
        Kind.CHECK,
        Duration.ofMillis(860));
  }

  /** An apply on one host whose health condition fails, and which is rolled back. */
  static List<RunEvent> rolledBack() {
    return ended(
        new ArrayList<>(
            List.of(
                new RunEvent.Started(Kind.APPLY, PLAYBOOK, RUN, List.of("cp1")),
                new RunEvent.Connected("cp1", Duration.ofMillis(210)),
                task("cp1", "audit", "directory[/var/log/kubernetes/audit]", Status.OK),
                task(
                    "cp1",
                    "audit",
                    "audit policy",
                    Status.CHANGED,
                    "write " + POLICY + " (0600 root:root, 176 bytes)",
                    List.of(
                        newPolicy(), new Diff.Line("mode and owner", "absent", "0600 root:root")),
                    "",
                    Duration.ofMillis(40)),
                new RunEvent.Failed(
                    "cp1",
                    PLAYBOOK,
                    "audit",
                    "API server writes an audit log",
                    "ControlPlaneAudit.java:31",
                    new Problem(
                        "a new kube-apiserver process that answers /readyz within 60 s",
                        "no kube-apiserver process runs; its container ended with exit code 1",
                        MANIFEST
                            + " is put back as it was; kube-apiserver answers again (pid 4711)",
                        "correct the flag --audit-log-pth, then run check again"),
                    IntStream.rangeClosed(1, 23)
                        .mapToObj(
                            i ->
                                "Nov 22 01:14:"
                                    + (i + 10)
                                    + " Error: unknown flag: --audit-log-pth")
                        .toList(),
                    false),
                new RunEvent.Undone(
                    "cp1",
                    "restore " + MANIFEST,
                    List.of(reverse(manifest("audit-log-pth"))),
                    false),
                new RunEvent.Undone("cp1", "remove " + POLICY + " again", List.of(), false),
                new RunEvent.RolledBack("cp1", RUN, List.of()),
                new RunEvent.HostEnded("cp1", 5, Duration.ofSeconds(64)))),
        Kind.APPLY,
        Duration.ofSeconds(64));
  }

  /** An apply on three hosts: one changes, one is unreachable, one is not reached any more. */
  static List<RunEvent> fleet() {
    return ended(
        new ArrayList<>(
            List.of(
                new RunEvent.Started(
                    Kind.APPLY, "Harden control plane", RUN, List.of("cp1", "cp2", "node-west-7")),
                new RunEvent.Connected("cp1", Duration.ofMillis(210)),
                task("cp1", "ssh", "directory[/etc/ssh/sshd_config.d]", Status.OK),
                new RunEvent.Unreachable(
                    "cp2",
                    new Problem(
                        "an SSH connection to cp2 (10.0.0.12:22) with a host key we know",
                        "the host showed ssh-ed25519 SHA256:AbC, known_hosts line 7 says"
                            + " ssh-ed25519 SHA256:xYz",
                        "not connected; nothing was sent",
                        "find out why the key changed; if it should, run ssh-keygen -R 10.0.0.12"
                            + " and connect once by hand")),
                task(
                    "cp1",
                    "ssh",
                    "sshd refuses root and passwords",
                    Status.CHANGED,
                    "write /etc/ssh/sshd_config.d/10-hardening.conf (0600 root:root, secret content)",
                    List.of(secretDiff()),
                    "",
                    Duration.ofMillis(440)),
                handler("cp1", "handlers", "restart sshd", "restart ssh.service", 1230),
                new RunEvent.Warned("cp1", "", "the clock of this host is 94 s ahead of ours"),
                new RunEvent.HostEnded("cp1", 3, Duration.ofMillis(2100)),
                new RunEvent.NotReached(
                    "node-west-7", "the run ended before, since a host was unreachable"))),
        Kind.APPLY,
        Duration.ofMillis(2950));
  }

  /** A rollback of a past run which cannot undo everything. */
  static List<RunEvent> incomplete() {
    return ended(
        new ArrayList<>(
            List.of(
                new RunEvent.Started(
                    Kind.ROLLBACK, "of run " + RUN, "20261122T020000Z", List.of("cp1")),
                new RunEvent.Undone(
                    "cp1",
                    "restore /etc/hosts",
                    List.of(
                        new Diff.Text(
                            "/etc/hosts",
                            Optional.of(Content.of("127.0.0.1 localhost\n10.0.0.9 old\n")),
                            Optional.of(Content.of("127.0.0.1 localhost")))),
                    false),
                new RunEvent.RolledBack(
                    "cp1",
                    RUN,
                    List.of(
                        POLICY + ": somebody changed it since the run",
                        "command[kubeadm init phase certs all]: a command has no undo")),
                new RunEvent.HostEnded("cp1", 2, Duration.ofMillis(300)))),
        Kind.ROLLBACK,
        Duration.ofMillis(500));
  }

  static Diff.Text newPolicy() {
    return new Diff.Text(
        POLICY,
        Optional.empty(),
        Optional.of(
            Content.of(
                """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules:
                - level: Metadata
                  namespaces: [omega, citadel, eden-prime]
                  resources:
                  - group: ""
                    resources: [pods, configmaps]
                """)));
  }

  static Diff.Text secretDiff() {
    return new Diff.Text(
        "/etc/ssh/sshd_config.d/10-hardening.conf",
        Optional.empty(),
        Optional.of(Content.of(Secret.of("hunter2-hunter2"))));
  }

  private static Diff.Text manifest(String flag) {
    String line = "    - --" + flag + "=" + POLICY + "\n";
    String changed = OLD_MANIFEST.replace("    image:", line + "    image:");
    return new Diff.Text(
        MANIFEST, Optional.of(Content.of(OLD_MANIFEST)), Optional.of(Content.of(changed)));
  }

  private static Diff.Text reverse(Diff.Text diff) {
    return new Diff.Text(diff.subject(), diff.after(), diff.before());
  }

  static RunEvent.TaskEnded task(String host, String play, String task, Status status) {
    return new RunEvent.TaskEnded(
        host, play, task, false, "A.java:7", status, List.of(), List.of(), "", Duration.ZERO);
  }

  static RunEvent.TaskEnded task(
      String host, String play, String task, Status status, String summary) {
    List<Diff> diffs = List.of(new Diff.Line("falco", "not installed", "0.39.1"));
    return task(host, play, task, status, summary, diffs, "", Duration.ZERO);
  }

  static RunEvent.TaskEnded note(
      String host, String play, String task, Status status, String note) {
    return new RunEvent.TaskEnded(
        host, play, task, false, "A.java:7", status, List.of(), List.of(), note, Duration.ZERO);
  }

  private static RunEvent.TaskEnded task(
      String host,
      String play,
      String task,
      Status status,
      String summary,
      List<Diff> diffs,
      String note,
      Duration elapsed) {
    return new RunEvent.TaskEnded(
        host, play, task, false, "A.java:7", status, List.of(summary), diffs, note, elapsed);
  }

  private static RunEvent.TaskEnded handler(
      String host, String play, String name, String summary, long millis) {
    return new RunEvent.TaskEnded(
        host,
        play,
        name,
        true,
        "A.java:9",
        Status.CHANGED,
        List.of(summary),
        List.of(new Diff.Line("ssh.service", "active", "restarted")),
        "",
        Duration.ofMillis(millis));
  }

  static List<RunEvent> ended(List<RunEvent> events, Kind kind, Duration elapsed) {
    Recap recap = Recap.of((RunEvent.Started) events.get(0));
    for (RunEvent event : events) {
      recap = recap.plus(event);
    }
    List<RunEvent> all = new ArrayList<>(events);
    all.add(new RunEvent.Ended(new Recap(kind, recap.hosts()), elapsed));
    return all;
  }
}
