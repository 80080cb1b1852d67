package dev.belay.core.builtin.kube.incident;

import dev.belay.core.builtin.log.HostLog;
import dev.belay.core.builtin.log.LogFilter;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.remote.RemotePath;
import java.util.List;

/**
 * What is looked for in an audit log: who changes things in a namespace. Only requests count that
 * succeeded; an impersonated user counts before the one who logged in; controllers and nodes are
 * left out.
 *
 * @param log where the API server writes its audit log
 * @param namespace the namespace in which something is wrong
 * @param resources plural names; {@code pods/exec} names a subresource
 * @param verbs what was done to them
 */
public record AuditSearch(
    RemotePath log, String namespace, List<String> resources, List<String> verbs) {

  private static final List<String> CHANGING =
      List.of("delete", "create", "deletecollection", "patch", "update");

  /**
   * What follows a verb when it is one of those that {@link SystemActors} leaves out who asks,
   * without acting as another: after the user comes the address. Whatever has a backslash in it is
   * let through. A body may hold any text, but the request's own verb stands in the same line.
   */
  private static final String BY_SYSTEM =
      ",\"user\":\\{\"username\":\"system:"
          + "(?:node:[^\"\\\\]*+|serviceaccount:kube-system:[^\"\\\\]*+|kube-[a-z-]++)\""
          + "(?:,\"uid\":\"[^\"\\\\]*+\")?+(?:,\"groups\":\\[[^]\\\\]*+\\])?+"
          + "(?:,\"extra\":\\{[^{}\\\\]*+\\})?+\\},\"sourceIPs\"";

  /** Copies the lists, and sees that they hold names as the API server writes them. */
  public AuditSearch {
    resources = List.copyOf(resources);
    verbs = List.copyOf(verbs);
    require(namespace.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?"), "namespace", namespace);
    for (String resource : resources) {
      require(resource.matches("[a-z0-9.-]+(/[a-z0-9]+)?"), "resource", resource);
    }
    for (String verb : verbs) {
      require(verb.matches("[a-z]+"), "verb", verb);
    }
    if (resources.isEmpty() || verbs.isEmpty()) {
      throw new IllegalArgumentException("name at least one resource and one verb");
    }
  }

  private static void require(boolean good, String what, String name) {
    if (!good) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no " + what + " as Kubernetes writes it: lower case, no blanks");
    }
  }

  /**
   * A log of which nobody has said yet what to look for in it.
   *
   * @param log where the API server writes its audit log
   */
  public record WithoutNamespace(RemotePath log) {

    /** Returns the search for who creates, deletes or alters pods and config maps there. */
    public AuditSearch namespace(String name) {
      return new AuditSearch(log, name, List.of("pods", "configmaps"), CHANGING);
    }
  }

  /** Returns the search for what is done to these resources. */
  public AuditSearch resources(String... names) {
    return new AuditSearch(log, namespace, List.of(names), verbs);
  }

  /** Returns the search for these verbs, such as {@code delete}. */
  public AuditSearch verbs(String... names) {
    return new AuditSearch(log, namespace, resources, List.of(names));
  }

  /** Returns the step that keeps the user, the role and the binding found in a file. */
  public BlacklistFile writtenTo(String path) {
    return new BlacklistFile(this, RemotePath.of(path));
  }

  /** Returns the facts that name the parts of the log. */
  public List<Fact<?>> reads() {
    return parts().reads();
  }

  /** Returns the facts about these parts, once they are known. */
  public List<Fact<?>> followUps(Facts facts) {
    return parts().followUps(facts);
  }

  /**
   * Returns what the log tells.
   *
   * @throws dev.belay.core.fact.UnknownFactException when there is no log yet
   * @throws dev.belay.core.fact.FailedFactException when it cannot be read
   */
  public AuditReport report(Facts facts) {
    return AuditReport.of(this, parts().parts(facts));
  }

  private HostLog<AuditReport> parts() {
    return new HostLog<>(log, part -> new AuditPartFact(part, this));
  }

  /**
   * Returns what every line holds that can count, in the JSON and in the legacy format: both quote
   * names in the same way, and the API server writes no escapes into these names.
   */
  LogFilter filter() {
    return LogFilter.NONE
        .anyOf(verbs.stream().map(AuditSearch::quoted).toList(), BY_SYSTEM)
        .anyOf(List.of(quoted(namespace)))
        .anyOf(List.of(quoted(AuditTally.COUNTED_STAGE)));
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }

  /** Tells whether an event is of the kind that is looked for, whoever made it. */
  boolean asksFor(AuditEvent event) {
    AuditEvent.ObjectRef object = event.object();
    String resource =
        object.subresource().isEmpty()
            ? object.resource()
            : object.resource() + "/" + object.subresource();
    return object.namespace().equals(namespace)
        && verbs.contains(event.verb())
        && resources.contains(resource);
  }
}
