package dev.belay.core.fact.object;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that a user may or may not do in a cluster.
 *
 * @param user as the API server knows him
 * @param groups that he is in, besides those of every user and of every service account
 * @param verb such as {@code create}
 * @param resource plural, such as {@code pods} or {@code pods/exec}
 * @param group of the API; empty for the core group
 * @param namespace empty for all namespaces, or for resources without
 */
public record Action(
    String user,
    List<String> groups,
    String verb,
    String resource,
    String group,
    Optional<String> namespace) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

  /** Copies the list and checks the names. */
  public Action {
    groups = List.copyOf(groups);
    require(!user.isEmpty(), "user", user);
    require(verb.matches("[a-z]+|\\*"), "verb", verb);
    require(resource.matches("[a-z0-9-]+(/[a-z0-9-]+)?|\\*"), "resource", resource);
    require(group.matches("[a-z0-9.-]*|\\*"), "API group", group);
    require(
        namespace.map(n -> n.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")).orElse(true),
        "namespace",
        namespace.orElse(""));
  }

  private static void require(boolean good, String what, String name) {
    if (!good) {
      throw new IllegalArgumentException("no name of a " + what + ": \"" + name + "\"");
    }
  }

  /** Returns the review that asks about it, as JSON in one line. */
  String review() {
    ObjectNode review = MAPPER.createObjectNode();
    review.put("kind", "SubjectAccessReview").put("apiVersion", "authorization.k8s.io/v1");
    ObjectNode spec = review.putObject("spec").put("user", user);
    allGroups().forEach(spec.putArray("groups")::add);
    ObjectNode attributes = spec.putObject("resourceAttributes");
    String[] parts = resource.split("/", 2);
    attributes.put("verb", verb).put("group", group).put("resource", parts[0]);
    if (parts.length > 1) {
      attributes.put("subresource", parts[1]);
    }
    namespace.ifPresent(name -> attributes.put("namespace", name));
    return MAPPER.writeValueAsString(review);
  }

  /** A review knows only the groups that it is told; these the API server adds to a login. */
  private List<String> allGroups() {
    Stream<String> own = groups.stream();
    Stream<String> given = Stream.of("system:authenticated");
    String[] parts = user.split(":");
    if (user.startsWith(SERVICE_ACCOUNT) && parts.length == 4) {
      given =
          Stream.concat(
              Stream.of("system:serviceaccounts", "system:serviceaccounts:" + parts[2]), given);
    }
    return Stream.concat(own, given).distinct().toList();
  }

  @Override
  public String toString() {
    return user + " may " + verb + " " + resource + namespace.map(name -> " in " + name).orElse("");
  }
}
