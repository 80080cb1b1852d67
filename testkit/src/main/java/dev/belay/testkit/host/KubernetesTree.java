package dev.belay.testkit.host;

import java.io.IOException;
import java.util.List;

/** The files that kubeadm leaves on a control-plane node; keys and certificates are dummies. */
final class KubernetesTree {

  static final String MANIFESTS = "/etc/kubernetes/manifests";
  static final String STAND_INS = "/usr/libexec/belay-standin";

  private static final List<String> PODS =
      List.of("kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd");
  private static final List<String> CERTIFICATES =
      List.of(
          "ca",
          "apiserver",
          "apiserver-kubelet-client",
          "apiserver-etcd-client",
          "front-proxy-ca",
          "front-proxy-client",
          "etcd/ca",
          "etcd/server",
          "etcd/peer",
          "etcd/healthcheck-client");

  private KubernetesTree() {}

  /** Writes everything but the units; the manifests come last, as kubeadm does it. */
  static void write(HostFiles files, String node) throws IOException {
    for (var name : CERTIFICATES) {
      files.write("/etc/kubernetes/pki/" + name + ".crt", dummy("CERTIFICATE"), "rw-r--r--");
      files.write("/etc/kubernetes/pki/" + name + ".key", dummy("PRIVATE KEY"), "rw-------");
    }
    files.write("/etc/kubernetes/pki/sa.pub", dummy("PUBLIC KEY"), "rw-------");
    files.write("/etc/kubernetes/pki/sa.key", dummy("PRIVATE KEY"), "rw-------");
    for (var name : List.of("admin", "controller-manager", "scheduler", "kubelet")) {
      files.write("/etc/kubernetes/" + name + ".conf", kubeconfig(name), "rw-------");
    }
    files.write("/var/lib/kubelet/config.yaml", KUBELET, "rw-r--r--");
    files.directory("/var/lib/etcd");
    files.write(STAND_INS + "/apiserver", Scratch.resource("apiserver.pl"), "rw-r--r--");
    files.write(STAND_INS + "/objects", Scratch.resource("objects.pl"), "rw-r--r--");
    files.write("/usr/bin/kubectl", Scratch.resource("kubectl.pl"), "rwxr-xr-x");
    files.write("/usr/bin/kubelet", KUBELET_PROGRAM, "rwxr-xr-x");
    files.write("/usr/lib/systemd/system/kubelet.service", KUBELET_UNIT, "rw-r--r--");
    for (var name : PODS) {
      var text = Scratch.resource("kubernetes/" + name + ".yaml").replace("cp1", node);
      files.write(MANIFESTS + "/" + name + ".yaml", text, "rw-------");
    }
  }

  private static String dummy(String kind) {
    return "-----BEGIN "
        + kind
        + "-----\nQmVsYXkgc3RhbmQtaW4sIG5vdCBhIGtleQ==\n-----END "
        + kind
        + "-----\n";
  }

  private static String kubeconfig(String user) {
    return """
        apiVersion: v1
        clusters:
        - cluster:
            server: https://127.0.0.1:6443
          name: kubernetes
        contexts:
        - context:
            cluster: kubernetes
            user: %1$s
          name: %1$s@kubernetes
        current-context: %1$s@kubernetes
        kind: Config
        preferences: {}
        users:
        - name: %1$s
          user: {}
        """
        .formatted(user);
  }

  private static final String KUBELET =
      """
      apiVersion: kubelet.config.k8s.io/v1beta1
      authentication:
        anonymous:
          enabled: false
        webhook:
          cacheTTL: 0s
          enabled: true
        x509:
          clientCAFile: /etc/kubernetes/pki/ca.crt
      authorization:
        mode: Webhook
      cgroupDriver: systemd
      clusterDNS:
      - 10.96.0.10
      clusterDomain: cluster.local
      fileCheckFrequency: 0s
      kind: KubeletConfiguration
      rotateCertificates: true
      staticPodPath: /etc/kubernetes/manifests
      """;

  private static final String KUBELET_PROGRAM =
      """
      #!/bin/sh
      # Belay's stand-in for kubelet. The work is done by the JVM that holds this host; this process
      # only shows whether the service runs.
      [ "$1" = --version ] && echo "Kubernetes v1.28.0" && exit
      exec sleep infinity
      """;

  private static final String KUBELET_UNIT =
      """
      [Unit]
      Description=kubelet: The Kubernetes Node Agent (stand-in)

      [Service]
      ExecStart=/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml
      Restart=always
      RestartSec=10

      [Install]
      WantedBy=multi-user.target
      """;
}
