package dev.belay.core.builtin.kube.audit;

import java.util.List;
import java.util.stream.Stream;

/**
 * Resources of one API group, as a rule of an audit policy names them.
 *
 * <p>Written as {@code core("pods", "configmaps")} or {@code
 * group("apps").resources("deployments").named("web")}. How the API server matches the entries:
 * {@code pods} is pods without subresources; {@code pods/log} that subresource; {@code pods/*} pods
 * and all their subresources; {@code *}{@code /scale} that subresource of any resource; {@code *}
 * everything in the group (kubernetes/apiserver, pkg/audit/policy/checker.go).
 *
 * @param group the API group without a version; empty for the core group; {@code *}, any group, is
 *     accepted by Kubernetes 1.36 and later only
 * @param resources resources and subresources; empty for all of the group
 * @param resourceNames exact names of objects; empty for all
 */
public record GroupResources(String group, List<String> resources, List<String> resourceNames) {

  /** Copies the lists. */
  public GroupResources {
    resources = List.copyOf(resources);
    resourceNames = List.copyOf(resourceNames);
  }

  /** Returns resources of the core group, the one of pods, secrets and services; none for all. */
  public static GroupResources core(String... resources) {
    return new GroupResources("", List.of(resources), List.of());
  }

  /** Returns all resources of an API group, to be narrowed by {@link #resources}. */
  public static GroupResources group(String group) {
    return new GroupResources(group, List.of(), List.of());
  }

  /** Returns the same group with these resources in place of earlier ones. */
  public GroupResources resources(String first, String... more) {
    return new GroupResources(group, listOf(first, more), resourceNames);
  }

  /**
   * Returns the same resources, only the objects of exactly these names.
   *
   * <p>A policy refuses names without resources. Requests that carry no name in their URL (create,
   * deletecollection, and list and watch without a field selector on the name) never match.
   */
  public GroupResources named(String first, String... more) {
    return new GroupResources(group, resources, listOf(first, more));
  }

  static List<String> listOf(String first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toList();
  }
}
