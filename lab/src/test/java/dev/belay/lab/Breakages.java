package dev.belay.lab;

import static dev.belay.lab.Breakage.byFile;
import static dev.belay.lab.Breakage.byGuardedStep;
import static dev.belay.lab.Breakage.byLine;
import static dev.belay.lab.Breakage.byStep;

import java.util.List;
import java.util.stream.Stream;

/** The ways to break an API server that a rollback has to bring back. */
final class Breakages {

  private static final String MANIFEST = LabHost.MANIFEST;
  private static final String PROGRAM = "    - kube-apiserver\n";
  private static final String CONTAINERS = "  containers:\n";
  private static final String MOUNTS = "    volumeMounts:";
  private static final String VOLUMES = "  volumes:";
  private static final String IMAGE = "k8s.gcr.io/kube-apiserver:v1.20.2";

  /** Flags, policies, mounts and files: what an operator gets wrong in the command line. */
  private static final List<Breakage> STEPS =
      List.of(
          byStep("unknown flag"),
          byStep("bad value"),
          byStep("value of the wrong type"),
          byStep("port taken"),
          byStep("certificate path wrong"),
          byStep("key of another certificate"),
          byStep("client CA missing"),
          byStep("service account key missing"),
          byStep("wrong etcd address"),
          byStep("etcd without TLS"),
          byStep("wrong service-cluster-ip-range"),
          byStep("bad feature gate"),
          byStep("bad admission plugin"),
          byStep("wrong tls-cipher-suites"),
          byStep("unknown authorization mode"),
          byStep("unknown API group"),
          byStep("encryption config missing"),
          byStep("service-account-issuer taken away"),
          byStep("policy that the server rejects"),
          byStep("policy file missing"),
          byStep("policy file not mounted"));

  /** The same step on a rope, and what only the guard's condition notices. */
  private static final List<Breakage> GUARDED_STEPS =
      List.of(
          byGuardedStep("unknown flag").ci(),
          byGuardedStep("wrong etcd address"),
          byGuardedStep("policy that the server rejects"),
          byGuardedStep("policy file not mounted"),
          byGuardedStep("log directory not writable"),
          byGuardedStep("manifest removed by someone meanwhile").meanwhile("rm -f " + MANIFEST),
          byGuardedStep("a .bak beside it")
              .before("cp " + MANIFEST + " " + MANIFEST + ".bak")
              .after("rm -f " + MANIFEST + ".bak"));

  /** The whole manifest written anew: what only kubelet or the container runtime notices. */
  private static final List<Breakage> FILES =
      List.of(
          byFile("bad YAML", "spec:\n", "spec: [\n").ci(),
          byFile("empty manifest", manifest -> ""),
          byFile("not a pod", "kind: Pod\n", "kind: Pot\n"),
          byFile("wrong command", PROGRAM, "    - kube-apisrver\n"),
          byFile("wrong image", IMAGE, IMAGE + "0").ci(),
          byFile("image always pulled", "IfNotPresent", "Always"),
          byFile(
              "hostPath type wrong", manifest -> mounted(manifest, "/etc/hostname", "Directory")),
          byFile("hostPath missing", manifest -> mounted(manifest, "/etc/no-such", "File")),
          byLine(
              "duplicate volume name",
              VOLUMES,
              "  - hostPath:\n      path: /etc/hostname\n    name: k8s-certs"),
          byLine(
              "duplicate mount path",
              MOUNTS,
              "    - mountPath: /etc/kubernetes/pki\n      name: ca-certs"),
          byLine("mount of no volume", MOUNTS, "    - mountPath: /mnt\n      name: no-such"),
          byFile(
              "mount taken away",
              "    - mountPath: /etc/kubernetes/pki\n      name: k8s-certs\n      readOnly: true\n",
              ""),
          byFile("resource request too big", "cpu: 250m", "cpu: 250000m"),
          byFile(
              "memory limit too small",
              "      requests:\n",
              "      limits:\n        memory: 8Mi\n      requests:\n"),
          byLine(
              "securityContext that cannot be met",
              "    name: kube-apiserver",
              "    securityContext:\n      runAsNonRoot: true"),
          byLine(
              "user who cannot read the keys",
              "    name: kube-apiserver",
              "    securityContext:\n      runAsUser: 65534"),
          byFile(
              "second container with a clashing port",
              CONTAINERS,
              CONTAINERS
                  + "  - command: [sh, -c, \"until httpd -f -p 6443; do sleep 0.02; done\"]\n"
                  + "    image: docker.io/library/busybox:lab\n"
                  + "    name: clash\n"),
          byFile("host network taken away", "  hostNetwork: true\n", ""),
          byFile("certificates mounted from elsewhere", "path: /etc/kubernetes/pki", "path: /mnt"));

  private Breakages() {}

  /** Adds a volume and its mount; one that is not mounted would not be looked at. */
  private static String mounted(String manifest, String path, String type) {
    return manifest
        .replace(MOUNTS + "\n", MOUNTS + "\n    - mountPath: /mnt\n      name: more\n")
        .replace(
            VOLUMES + "\n",
            VOLUMES
                + "\n  - hostPath:\n      path: "
                + path
                + "\n      type: "
                + type
                + "\n    name: more\n");
  }

  static List<Breakage> all() {
    return Stream.of(GUARDED_STEPS, FILES, STEPS).flatMap(List::stream).toList();
  }
}
