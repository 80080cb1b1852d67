package dev.belay.core.builtin.kube.audit;

import static dev.belay.core.builtin.kube.audit.GroupResources.listOf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One rule of an audit policy: which requests, and how much of them is logged.
 *
 * <p>A rule matches where every list given matches; an empty list matches everything. Users,
 * groups, verbs and namespaces are compared letter by letter, a {@code *} in them matches nothing.
 * Each method below returns a new rule, its values in place of earlier ones.
 *
 * @param level how much is logged
 * @param users exact user names, such as {@code system:kube-proxy}
 * @param userGroups exact group names; one the user is in is enough
 * @param verbs lower-case verbs
 * @param namespaces exact namespaces; an empty string for requests outside of any namespace
 * @param resources resources by group; not together with nonResourceUrls
 * @param nonResourceUrls paths such as {@code /healthz}, or with one {@code *} at the end
 * @param omitStages stages for which no event is made, added to those of the policy
 * @param omitManagedFields whether managed fields are left out of bodies; empty to do as the policy
 *     says; known to Kubernetes 1.23 and later
 */
public record Rule(
    Level level,
    List<String> users,
    List<String> userGroups,
    List<String> verbs,
    List<String> namespaces,
    List<GroupResources> resources,
    List<String> nonResourceUrls,
    Set<Stage> omitStages,
    Optional<Boolean> omitManagedFields) {

  /** The namespace of requests for objects that are in none, such as nodes. */
  public static final String CLUSTER_SCOPED = "";

  /**
   * Copies the lists.
   *
   * @throws PolicyException without a level
   */
  public Rule {
    if (level == null) {
      throw new PolicyException(List.of(ServerChecks.levelMissing("rules[i]")));
    }
    users = List.copyOf(users);
    userGroups = List.copyOf(userGroups);
    verbs = List.copyOf(verbs);
    namespaces = List.copyOf(namespaces);
    resources = List.copyOf(resources);
    nonResourceUrls = List.copyOf(nonResourceUrls);
    omitStages = inOrder(omitStages);
  }

  /** Returns a rule that matches every request, to be narrowed. */
  public static Rule rule(Level level) {
    List<String> any = List.of();
    return new Rule(level, any, any, any, any, List.of(), any, Set.of(), Optional.empty());
  }

  /** Returns the rule for requests of these users only. */
  public Rule users(String first, String... more) {
    return new Rule(
        level,
        listOf(first, more),
        userGroups,
        verbs,
        namespaces,
        resources,
        nonResourceUrls,
        omitStages,
        omitManagedFields);
  }

  /** Returns the rule for requests of users in any of these groups only. */
  public Rule userGroups(String first, String... more) {
    return new Rule(
        level,
        users,
        listOf(first, more),
        verbs,
        namespaces,
        resources,
        nonResourceUrls,
        omitStages,
        omitManagedFields);
  }

  /** Returns the rule for requests with these verbs only. */
  public Rule verbs(Verb first, Verb... more) {
    return withVerbs(Stream.concat(Stream.of(first), Stream.of(more)).map(Verb::wireName).toList());
  }

  /** Returns the rule for requests with these verbs only, also ones that {@link Verb} lacks. */
  public Rule verbs(String first, String... more) {
    return withVerbs(listOf(first, more));
  }

  Rule withVerbs(List<String> wanted) {
    return new Rule(
        level,
        users,
        userGroups,
        wanted,
        namespaces,
        resources,
        nonResourceUrls,
        omitStages,
        omitManagedFields);
  }

  /** Returns the rule for requests in these namespaces only. */
  public Rule namespaces(String first, String... more) {
    return withNamespaces(listOf(first, more));
  }

  Rule withNamespaces(List<String> wanted) {
    return new Rule(
        level,
        users,
        userGroups,
        verbs,
        wanted,
        resources,
        nonResourceUrls,
        omitStages,
        omitManagedFields);
  }

  /** Returns the rule for requests on these resources only. */
  public Rule resources(GroupResources first, GroupResources... more) {
    List<GroupResources> wanted = new ArrayList<>(List.of(first));
    Collections.addAll(wanted, more);
    return withResources(wanted);
  }

  Rule withResources(List<GroupResources> wanted) {
    return new Rule(
        level,
        users,
        userGroups,
        verbs,
        namespaces,
        wanted,
        nonResourceUrls,
        omitStages,
        omitManagedFields);
  }

  /** Returns the rule for requests on these paths only, none of which is a resource. */
  public Rule nonResourceUrls(String first, String... more) {
    return new Rule(
        level,
        users,
        userGroups,
        verbs,
        namespaces,
        resources,
        listOf(first, more),
        omitStages,
        omitManagedFields);
  }

  /** Returns the rule without events of these stages. */
  public Rule omitStages(Stage first, Stage... more) {
    return new Rule(
        level,
        users,
        userGroups,
        verbs,
        namespaces,
        resources,
        nonResourceUrls,
        EnumSet.of(first, more),
        omitManagedFields);
  }

  /** Returns the rule logging bodies without managed fields, whatever the policy says. */
  public Rule withoutManagedFields() {
    return managedFieldsOmitted(true);
  }

  /** Returns the rule logging bodies with managed fields, whatever the policy says. */
  public Rule withManagedFields() {
    return managedFieldsOmitted(false);
  }

  private Rule managedFieldsOmitted(boolean omitted) {
    return new Rule(
        level,
        users,
        userGroups,
        verbs,
        namespaces,
        resources,
        nonResourceUrls,
        omitStages,
        Optional.of(omitted));
  }

  /** Tells whether only requests on resources can match. */
  boolean isForResources() {
    return !namespaces.isEmpty() || !resources.isEmpty();
  }

  /** Tells whether only requests on paths that are no resources can match. */
  boolean isForPaths() {
    return !isForResources() && !nonResourceUrls.isEmpty();
  }

  static Set<Stage> inOrder(Collection<Stage> stages) {
    EnumSet<Stage> ordered = EnumSet.noneOf(Stage.class);
    ordered.addAll(stages);
    return Collections.unmodifiableSet(ordered);
  }
}
