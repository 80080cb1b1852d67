package dev.belay.core.builtin.kube.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The verbs requests are seen with, in the spelling the audit policy compares them by.
 *
 * <p>Requests for resources have Kubernetes verbs; requests for other paths have the HTTP method in
 * lower case (kubernetes/apiserver, pkg/endpoints/request/requestinfo.go). A verb that is missing
 * here can be given to {@link Rule#verbs(String, String...)} as a string.
 */
public enum Verb {
  /** Reads one object; also {@code kubectl exec} over a websocket, as kubectl does from 1.31 on. */
  GET,
  /** Reads a collection. */
  LIST,
  /** Follows one object or a collection. */
  WATCH,
  /** Makes an object; also {@code kubectl exec}, attach and port-forward up to kubectl 1.30. */
  CREATE,
  /** Replaces an object. */
  UPDATE,
  /** Changes parts of an object. */
  PATCH,
  /** Removes one object. */
  DELETE,
  /** Removes many objects in one request. */
  DELETECOLLECTION,
  /** Passes a request on to a node, pod or service by the old proxy path; rarely seen. */
  PROXY,
  /** HTTP POST to a path that is no resource. */
  POST,
  /** HTTP PUT to a path that is no resource. */
  PUT,
  /** HTTP HEAD to a path that is no resource. */
  HEAD,
  /** HTTP OPTIONS to a path that is no resource. */
  OPTIONS;

  private static final Set<Verb> BOTH = Set.of(GET, PATCH, DELETE);
  private static final Set<Verb> HTTP_ONLY = Set.of(POST, PUT, HEAD, OPTIONS);

  /** Returns the verb as the policy file spells it: in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> forResources() {
    return wireNames(Arrays.stream(values()).filter(verb -> !HTTP_ONLY.contains(verb)).toList());
  }

  static List<String> forPaths() {
    return wireNames(
        Arrays.stream(values())
            .filter(verb -> BOTH.contains(verb) || HTTP_ONLY.contains(verb))
            .toList());
  }

  private static List<String> wireNames(List<Verb> verbs) {
    return verbs.stream().map(Verb::wireName).toList();
  }
}
