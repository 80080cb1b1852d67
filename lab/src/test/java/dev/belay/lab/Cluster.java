package dev.belay.lab;

import java.util.List;
import java.util.TreeSet;

/**
 * The objects of a lab host's cluster, all of them in all namespaces, as lines to be compared.
 *
 * @param host the control plane
 */
record Cluster(LabHost host) {

  private static final String LIST =
      "kinds=$(kubectl api-resources --verbs=list -o name | grep -v -e '^events' -e '^leases' |"
          + " tr '\\n' ','); kubectl get ${kinds%,} -A -o"
          + " custom-columns=K:.kind,N:.metadata.namespace,M:.metadata.name,U:.metadata.uid"
          + " --no-headers";

  /** Returns every object with its identity. */
  List<String> objects() {
    return lines(LIST);
  }

  /** Returns every object by kind and name. */
  List<String> names() {
    return lines(LIST + " | while read -r k n m u; do echo $k $n $m; done");
  }

  /**
   * Left out: events and leases, which come and go; what agent-smith makes anew every few seconds;
   * and the mirror pods of kube-system, which come with each new API server.
   */
  private List<String> lines(String command) {
    var lines = new TreeSet<String>();
    for (String line : host.root(command).lines().toList()) {
      var one = line.replaceAll(" +", " ").strip();
      if (!one.matches("(Pod citadel webapp-color|ConfigMap citadel webapp-config-map)( .*)?")
          && !one.matches("Pod kube-system .*")) {
        lines.add(one);
      }
    }
    return List.copyOf(lines);
  }

  /** Returns what an object says, without what the cluster says of it. */
  String content(String kind, String namespace, String name) {
    return host.root(
        "kubectl get "
            + kind
            + " -n "
            + namespace
            + " "
            + name
            + " -o jsonpath='{.rules}{.roleRef}{.subjects}{.data}{.metadata.annotations}"
            + "{.spec.containers[*].command}{.spec.volumes}{.spec.terminationGracePeriodSeconds}'");
  }
}
