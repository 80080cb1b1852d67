package dev.belay.core.builtin.kube.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Harmless requests that a rule may be about. */
final class ProbeRequests {

  private static final String NAME = "belay-" + AuditProbe.MARK;
  private static final String CORE_RESOURCE = "configmaps";
  private static final String SECRETS = "secrets";

  /** Verbs that read, and the deletion of what is not there, in the order of preference. */
  private static final List<String> VERBS =
      Stream.of(Verb.GET, Verb.LIST, Verb.DELETE, Verb.WATCH).map(Verb::wireName).toList();

  private ProbeRequests() {}

  /** Returns requests, the preferred one first; whether the rule matches them is not sure. */
  static Stream<ProbeRequest> of(Rule rule) {
    if (rule.isForPaths()) {
      return rule.nonResourceUrls().stream().flatMap(ProbeRequests::ofUrl);
    }
    List<GroupResources> resources =
        rule.resources().isEmpty()
            ? List.of(GroupResources.core(CORE_RESOURCE, "pods"))
            : rule.resources();
    Stream<ProbeRequest> ofPaths = rule.isForResources() ? Stream.empty() : ofUrl("/*");
    return Stream.concat(
        ofPaths, resources.stream().flatMap(some -> ofGroup(rule.namespaces(), some)));
  }

  /** A path that is not there, where the rule allows one; profiles take long and are left out. */
  private static Stream<ProbeRequest> ofUrl(String url) {
    String path =
        url.endsWith("*")
            ? (url.equals("*") ? "/" : url.substring(0, url.length() - 1)) + NAME
            : url;
    if (path.startsWith("/debug") || isResource(path)) {
      return Stream.empty();
    }
    String uri = encode(path, "/") + (path.endsWith(NAME) ? "" : "?belay=" + AuditProbe.MARK);
    return Stream.of(new ProbeRequest(Verb.GET.wireName(), path, "", "", "", "", "", uri));
  }

  /** As kubernetes/apiserver takes paths apart, pkg/endpoints/request/requestinfo.go. */
  private static boolean isResource(String path) {
    int parts = path.replaceAll("^/+|/+$", "").split("/").length;
    return path.startsWith("/api/") && parts >= 3 || path.startsWith("/apis/") && parts >= 4;
  }

  private static Stream<ProbeRequest> ofGroup(List<String> namespaces, GroupResources some) {
    String group = some.group().equals("*") ? "" : some.group();
    List<String> entries = some.resources().isEmpty() ? List.of("*") : some.resources();
    List<String> names = some.resourceNames().isEmpty() ? List.of(NAME) : some.resourceNames();
    return entries.stream()
        .flatMap(entry -> names.stream().flatMap(name -> ofEntry(namespaces, group, entry, name)));
  }

  private static Stream<ProbeRequest> ofEntry(
      List<String> namespaces, String group, String entry, String name) {
    String[] parts = entry.split("/", 2);
    String resource = parts[0].equals("*") ? anyResource(group) : parts[0];
    String subresource = parts.length == 1 || parts[1].equals("*") ? "" : parts[1];
    return places(namespaces, group, resource).stream()
        .flatMap(
            namespace -> {
              String object = objectOf(group, resource, namespace, name);
              return VERBS.stream()
                  .filter(verb -> isHarmless(verb, resource, subresource, object))
                  .map(verb -> request(verb, namespace, group, resource, subresource, object));
            });
  }

  /** A request on a namespace itself counts as one in the namespace of that name. */
  private static String objectOf(String group, String resource, String namespace, String name) {
    return isNamespace(group, resource) && !namespace.isEmpty() ? namespace : name;
  }

  private static boolean isNamespace(String group, String resource) {
    return group.isEmpty() && resource.equals("namespaces");
  }

  /** An object that may exist is only read, and never a secret, which the log might then hold. */
  private static boolean isHarmless(String verb, String resource, String subresource, String name) {
    boolean mayExist = !name.equals(NAME);
    boolean reads = verb.equals(Verb.GET.wireName());
    return reads ? !mayExist || !resource.equals(SECRETS) : subresource.isEmpty() && !mayExist;
  }

  private static List<String> places(List<String> namespaces, String group, String resource) {
    if (!namespaces.isEmpty()) {
      return namespaces;
    }
    boolean namespaced =
        BuiltinResources.find(group, resource).map(known -> known.namespaced()).orElse(true);
    return List.of(namespaced ? "default" : Rule.CLUSTER_SCOPED);
  }

  private static String anyResource(String group) {
    return group.isEmpty() ? CORE_RESOURCE : group.equals("apps") ? "deployments" : "probes";
  }

  private static ProbeRequest request(
      String verb,
      String namespace,
      String group,
      String resource,
      String subresource,
      String object) {
    boolean ofAll = verb.equals(Verb.LIST.wireName()) || verb.equals(Verb.WATCH.wireName());
    boolean itself = isNamespace(group, resource);
    String inside = itself ? (ofAll ? "" : object) : namespace;
    StringBuilder uri =
        new StringBuilder(group.isEmpty() ? "/api/v1" : "/apis/" + encode(group, "") + "/v1");
    if (!inside.isEmpty() && !itself) {
      uri.append("/namespaces/").append(encode(inside, ""));
    }
    uri.append('/').append(encode(resource, ""));
    if (!ofAll) {
      uri.append('/').append(encode(object, ""));
    }
    if (!subresource.isEmpty()) {
      uri.append('/').append(encode(subresource, "/"));
    }
    uri.append(query(verb, object));
    return new ProbeRequest(verb, "", inside, group, resource, subresource, object, uri.toString());
  }

  private static String query(String verb, String name) {
    if (verb.equals(Verb.DELETE.wireName())) {
      return "?dryRun=All";
    }
    if (verb.equals(Verb.GET.wireName())) {
      return name.contains(AuditProbe.MARK) ? "" : "?belay=" + AuditProbe.MARK;
    }
    String watch = verb.equals(Verb.WATCH.wireName()) ? "watch=true&timeoutSeconds=1&" : "limit=1&";
    return "?" + watch + "fieldSelector=metadata.name%3D" + name;
  }

  /** Percent-encodes what no segment of a path holds plainly; the mark stays to be replaced. */
  private static String encode(String text, String also) {
    StringBuilder encoded = new StringBuilder();
    for (byte one : text.replace(NAME, "\0").getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (one & 0xff);
      boolean plain = letter < 128 && Character.isLetterOrDigit(letter);
      if (letter == 0) {
        encoded.append(NAME);
      } else if (plain || ("-._~" + also).indexOf(letter) >= 0) {
        encoded.append(letter);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) letter));
      }
    }
    return encoded.toString();
  }
}
