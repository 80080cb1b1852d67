package dev.belay.core.builtin.kube.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A request to an API server, and the lines that it leaves in the audit log. */
record Request(
    String verb,
    String resource,
    String name,
    String namespace,
    String user,
    String impersonated,
    String role,
    int code) {

  static Request of(String verb, String resource, String name) {
    return new Request(verb, resource, name, "citadel", "admin", "", "role", 200);
  }

  static Request random(RandomGenerator random) {
    String[] users = {"agent-smith", "neo", "system:node:n1", "system:serviceaccount:x:bot"};
    return new Request(
        pick(random, "delete", "create", "get", "list", "patch", "deletecollection"),
        pick(random, "pods", "configmaps", "secrets"),
        pick(random, "web-1", "web-2", ""),
        pick(random, "citadel", "citadel", "omega", "citadel2"),
        random.nextBoolean() ? pick(random, users) : GoText.hostile(random),
        random.nextInt(3) == 0 ? GoText.hostile(random) : "",
        GoText.hostile(random).replace("/", ""),
        Integer.parseInt(pick(random, "200", "201", "200", "403", "404", "500")));
  }

  private static String pick(RandomGenerator random, String... words) {
    return words[random.nextInt(words.length)];
  }

  Request by(String newUser) {
    return new Request(verb, resource, name, namespace, newUser, impersonated, role, code);
  }

  Request as(String actor) {
    return new Request(verb, resource, name, namespace, user, actor, role, code);
  }

  String actor() {
    return impersonated.isEmpty() ? user : impersonated;
  }

  String key() {
    return actor() + "|" + role + "|" + "binding of " + role;
  }

  /** Whether the report is to count it, by the words of the recipe. */
  boolean counts() {
    boolean system = impersonated.isEmpty() && user.startsWith("system:node:");
    return namespace.equals("citadel")
        && List.of("pods", "configmaps").contains(resource)
        && List.of("delete", "create", "patch", "update", "deletecollection").contains(verb)
        && code < 400
        && !system;
  }

  List<String> lines(RandomGenerator random) {
    List<String> lines = new ArrayList<>();
    if (random.nextBoolean()) {
      lines.add(line("RequestReceived", ""));
    }
    if (random.nextInt(5) == 0) {
      lines.add(line("ResponseStarted", Integer.toString(code)));
    }
    lines.add(line("ResponseComplete", Integer.toString(code)));
    return lines;
  }

  String line(String stage, String status) {
    String reason =
        "RBAC: allowed by RoleBinding "
            + GoText.quote("binding of " + role + "/" + namespace)
            + " of Role "
            + GoText.quote(role)
            + " to User "
            + GoText.quote(actor());
    return "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\","
        + "\"auditID\":\"id-1\",\"stage\":\""
        + stage
        + "\",\"requestURI\":\"/x\",\"verb\":\""
        + verb
        + "\",\"user\":{\"username\":"
        + GoText.json(user)
        + ",\"groups\":[\"system:authenticated\"]},"
        + (impersonated.isEmpty()
            ? ""
            : "\"impersonatedUser\":{\"username\":" + GoText.json(impersonated) + "},")
        + "\"sourceIPs\":[\"10.0.0.1\"],\"userAgent\":\"kubectl\",\"objectRef\":{\"resource\":\""
        + resource
        + "\",\"namespace\":\""
        + namespace
        + "\",\"name\":"
        + GoText.json(name)
        + ",\"apiVersion\":\"v1\"},"
        + (status.isEmpty() ? "" : "\"responseStatus\":{\"metadata\":{},\"code\":" + status + "},")
        + "\"requestReceivedTimestamp\":\"2022-06-23T13:38:21.709680Z\","
        + "\"stageTimestamp\":\"2022-06-23T13:38:21.721166Z\",\"annotations\":{"
        + "\"authorization.k8s.io/decision\":\"allow\",\"authorization.k8s.io/reason\":"
        + GoText.json(reason)
        + "}}";
  }
}
