package dev.belay.core.builtin.kube.audit;

import dev.belay.core.text.NearMiss;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The resources that come with Kubernetes, by group.
 *
 * <p>Source: kubernetes/kubernetes api/discovery of 1.32 to 1.36 with the groups {@code extensions}
 * and {@code settings.k8s.io} of older versions and {@code metrics.k8s.io} of the metrics server.
 * Not complete for ever: a name missing here may be newer, or a custom resource.
 */
final class BuiltinResources {

  /**
   * A resource of a group.
   *
   * @param namespaced whether its objects live in namespaces
   */
  record Known(String group, String resource, Set<String> subresources, boolean namespaced) {}

  /** Group, then resources with their subresources; {@code ~} marks those outside namespaces. */
  private static final String TABLE =
      """
      : bindings ~componentstatuses configmaps endpoints events limitranges \
      ~namespaces/finalize,status ~nodes/proxy,status persistentvolumeclaims/status \
      ~persistentvolumes/status \
      pods/attach,binding,checkpoint,ephemeralcontainers,eviction,exec,log,portforward,proxy,\
      resize,status \
      podtemplates replicationcontrollers/scale,status resourcequotas/status secrets \
      serviceaccounts/token services/proxy,status
      admissionregistration.k8s.io: ~mutatingadmissionpolicies ~mutatingadmissionpolicybindings \
      ~mutatingwebhookconfigurations ~validatingadmissionpolicies/status \
      ~validatingadmissionpolicybindings ~validatingwebhookconfigurations
      apiextensions.k8s.io: ~customresourcedefinitions/status
      apiregistration.k8s.io: ~apiservices/status
      apps: controllerrevisions daemonsets/status deployments/scale,status \
      replicasets/scale,status \
      statefulsets/scale,status
      authentication.k8s.io: ~selfsubjectreviews ~tokenreviews
      authorization.k8s.io: localsubjectaccessreviews ~selfsubjectaccessreviews \
      ~selfsubjectrulesreviews ~subjectaccessreviews
      autoscaling: horizontalpodautoscalers/status
      batch: cronjobs/status jobs/status
      certificates.k8s.io: ~certificatesigningrequests/approval,status ~clustertrustbundles \
      podcertificaterequests/status
      checkpoint.k8s.io: podcheckpoints/status
      coordination.k8s.io: leasecandidates leases
      discovery.k8s.io: endpointslices
      events.k8s.io: events
      extensions: daemonsets/status deployments/rollback,scale,status ingresses/status \
      networkpolicies ~podsecuritypolicies replicasets/scale,status replicationcontrollers/scale
      flowcontrol.apiserver.k8s.io: ~flowschemas/status ~prioritylevelconfigurations/status
      internal.apiserver.k8s.io: ~storageversions/status
      lifecycle.k8s.io: evictionrequests/status evictions/status
      metrics.k8s.io: ~nodes pods
      networking.k8s.io: ~ingressclasses ingresses/status ~ipaddresses networkpolicies/status \
      ~servicecidrs/status
      node.k8s.io: ~runtimeclasses
      policy: poddisruptionbudgets/status ~podsecuritypolicies
      rbac.authorization.k8s.io: ~clusterrolebindings ~clusterroles rolebindings roles
      resource.k8s.io: ~deviceclasses ~devicetaintrules/status resourceclaims/status \
      resourceclaimtemplates ~resourcepoolstatusrequests/status ~resourceslices
      scheduling.k8s.io: compositepodgroups/status podgroups/status ~priorityclasses workloads
      settings.k8s.io: podpresets
      storage.k8s.io: ~csidrivers ~csinodes csistoragecapacities ~storageclasses \
      ~volumeattachments/status ~volumeattributesclasses
      storagemigration.k8s.io: ~storageversionmigrations/status
      """;

  /** Names kubectl accepts and the API, and so the audit policy, does not. */
  private static final Map<String, String> SHORT_NAMES =
      Map.ofEntries(
          Map.entry("cm", "configmaps"),
          Map.entry("crd", "customresourcedefinitions"),
          Map.entry("cj", "cronjobs"),
          Map.entry("csr", "certificatesigningrequests"),
          Map.entry("deploy", "deployments"),
          Map.entry("ds", "daemonsets"),
          Map.entry("ep", "endpoints"),
          Map.entry("ev", "events"),
          Map.entry("hpa", "horizontalpodautoscalers"),
          Map.entry("ing", "ingresses"),
          Map.entry("limits", "limitranges"),
          Map.entry("netpol", "networkpolicies"),
          Map.entry("no", "nodes"),
          Map.entry("ns", "namespaces"),
          Map.entry("pdb", "poddisruptionbudgets"),
          Map.entry("po", "pods"),
          Map.entry("pv", "persistentvolumes"),
          Map.entry("pvc", "persistentvolumeclaims"),
          Map.entry("quota", "resourcequotas"),
          Map.entry("rc", "replicationcontrollers"),
          Map.entry("rs", "replicasets"),
          Map.entry("sa", "serviceaccounts"),
          Map.entry("sc", "storageclasses"),
          Map.entry("sts", "statefulsets"),
          Map.entry("svc", "services"));

  private static final Map<String, Map<String, Known>> GROUPS = parse();

  private BuiltinResources() {}

  static boolean hasGroup(String group) {
    return GROUPS.containsKey(group);
  }

  static Optional<Known> find(String group, String resource) {
    return Optional.ofNullable(GROUPS.getOrDefault(group, Map.of()).get(resource));
  }

  /** Returns the groups that have a resource, the one most likely meant first. */
  static List<String> groupsOf(String resource) {
    return GROUPS.keySet().stream()
        .filter(group -> GROUPS.get(group).containsKey(resource))
        .sorted(Comparator.comparing(group -> isGone(group) || group.equals("metrics.k8s.io")))
        .toList();
  }

  /** Tells whether no supported API server serves a group any more. */
  static boolean isGone(String group) {
    return group.equals("extensions") || group.equals("settings.k8s.io");
  }

  static Optional<String> nearestGroup(String group) {
    return NearMiss.of(group, GROUPS.keySet());
  }

  /** Returns the resource probably meant, in the group if it has one, else in any. */
  static Optional<String> nearestResource(String group, String resource) {
    String shortName = SHORT_NAMES.get(resource);
    if (shortName != null) {
      return Optional.of(shortName);
    }
    return NearMiss.of(resource, GROUPS.getOrDefault(group, Map.of()).keySet())
        .or(() -> NearMiss.of(resource, allResources()));
  }

  /** Returns every subresource of any resource. */
  static Set<String> allSubresources() {
    return GROUPS.values().stream()
        .flatMap(resources -> resources.values().stream())
        .flatMap(known -> known.subresources().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> allResources() {
    return GROUPS.values().stream()
        .flatMap(resources -> resources.keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Map<String, Known>> parse() {
    Map<String, Map<String, Known>> groups = new LinkedHashMap<>();
    TABLE
        .lines()
        .forEach(
            line -> {
              String group = line.substring(0, line.indexOf(':'));
              Map<String, Known> resources = new LinkedHashMap<>();
              for (String word : line.substring(line.indexOf(':') + 2).split(" +")) {
                Known known = known(group, word);
                resources.put(known.resource(), known);
              }
              groups.put(group, resources);
            });
    return groups;
  }

  private static Known known(String group, String word) {
    String[] parts = word.replace("~", "").split("/");
    Set<String> subresources = parts.length == 1 ? Set.of() : Set.of(parts[1].split(","));
    return new Known(group, parts[0], subresources, !word.startsWith("~"));
  }
}
