package dev.belay.lab.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Makes an audit log as an API server writes it under the policy of CKS Challenge 4: pods and
 * config maps of three namespaces, level Metadata, without the stage RequestReceived. Each round is
 * what happens when agent-smith recreates a config map and a pod in citadel: his own six requests,
 * and those of the scheduler and of kubelet that follow from them; now and then somebody looks at
 * something or updates it in one of the namespaces.
 */
public final class AuditLogGenerator {

  private static final String[] NAMESPACES = {"citadel", "omega", "eden-prime"};
  private static final String[] NODES = {"controlplane", "node01", "node02", "node03"};
  private static final String KUBECTL = "kubectl/v1.29.3 (linux/amd64) kubernetes/6813625";

  private final RandomGenerator random;
  private final int reads;
  private final StringBuilder round = new StringBuilder();
  private Instant time = Instant.parse("2026-11-22T00:00:00.123456Z");

  private AuditLogGenerator(long seed, int reads) {
    this.reads = reads;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /**
   * Writes a log: its path, its size in megabytes of a million bytes, a seed, and how often the
   * dashboard reads in each round.
   */
  public static void main(String[] args) throws IOException {
    long size = Long.parseLong(args[1]) * 1_000_000;
    AuditLogGenerator generator =
        new AuditLogGenerator(Long.parseLong(args[2]), Integer.parseInt(args[3]));
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])), 1 << 20)) {
      long written = 0;
      while (written < size) {
        byte[] lines = generator.next().getBytes(StandardCharsets.UTF_8);
        out.write(lines);
        written += lines.length;
      }
    }
  }

  private String next() {
    round.setLength(0);
    smith();
    scheduler();
    kubelet();
    for (int i = random.nextInt(8); i > 0; i--) {
      person(pick(NAMESPACES));
    }
    for (int i = 0; i < reads; i++) {
      dashboard(i % 4 == 0 ? pick("omega", "eden-prime") : "citadel");
    }
    return round.toString();
  }

  private void smith() {
    String reason =
        "RBAC: allowed by RoleBinding \\\"important_binding_do_not_delete/citadel\\\" of Role"
            + " \\\"important_role_do_not_delete\\\" to User \\\"agent-smith\\\"";
    String who =
        "\"kubernetes-admin\",\"groups\":[\"system:masters\",\"system:authenticated\"]},"
            + "\"impersonatedUser\":{\"username\":\"agent-smith\",\"groups\":"
            + "[\"system:authenticated\"]";
    for (String resource : new String[] {"configmaps", "pods"}) {
      String name = resource.equals("pods") ? "webapp-color" : "webapp-config-map";
      for (String verb : new String[] {"delete", "list", "create"}) {
        event(verb, "citadel", resource, name, "", who, KUBECTL, reason);
      }
    }
  }

  private void dashboard(String namespace) {
    event(
        pick("list", "list", "get"),
        namespace,
        pick("pods", "configmaps"),
        "tool-" + random.nextInt(100),
        "",
        "\"system:serviceaccount:monitoring:dashboard\",\"uid\":"
            + "\"a65e22fb-cdd7-4db3-bbd2-622b503a4636\",\"groups\":[\"system:serviceaccounts\","
            + "\"system:serviceaccounts:monitoring\",\"system:authenticated\"]",
        "dashboard/v2.7.0",
        "RBAC: allowed by ClusterRoleBinding \\\"dashboard\\\" of ClusterRole \\\"view\\\" to"
            + " ServiceAccount \\\"dashboard/monitoring\\\"");
  }

  private void scheduler() {
    event(
        "create",
        "citadel",
        "pods",
        "webapp-color",
        "binding",
        "\"system:kube-scheduler\",\"groups\":[\"system:authenticated\"]",
        "kube-scheduler/v1.29.3 (linux/amd64) kubernetes/6813625/scheduler",
        "RBAC: allowed by ClusterRoleBinding \\\"system:kube-scheduler\\\" of ClusterRole"
            + " \\\"system:kube-scheduler\\\" to User \\\"system:kube-scheduler\\\"");
  }

  private void kubelet() {
    String node = pick(NODES);
    for (String map : new String[] {"kube-root-ca.crt", "webapp-config-map"}) {
      node("list", "configmaps", map, "", node);
      node("watch", "configmaps", map, "", node);
    }
    for (int i = 0; i < 4; i++) {
      node("get", "pods", "webapp-color", "", node);
      node("patch", "pods", "webapp-color", "status", node);
    }
    node("delete", "pods", "webapp-color", "", node);
  }

  private void node(String verb, String resource, String name, String subresource, String node) {
    String who =
        "\"system:node:" + node + "\",\"groups\":[\"system:nodes\",\"system:authenticated\"]";
    String agent = "kubelet/v1.29.3 (linux/amd64) kubernetes/6813625";
    event(verb, "citadel", resource, name, subresource, who, agent, "");
  }

  private void person(String namespace) {
    event(
        pick("get", "list", "list", "watch", "get", "list", "get", "update"),
        namespace,
        pick("pods", "configmaps"),
        "tool-" + random.nextInt(100),
        "",
        "\"dev-" + random.nextInt(30) + "\",\"groups\":[\"developers\",\"system:authenticated\"]",
        KUBECTL,
        "RBAC: allowed by RoleBinding \\\"developers/"
            + namespace
            + "\\\" of ClusterRole \\\"edit\\\" to Group \\\"developers\\\"");
  }

  /** A watch is logged when it starts, too. */
  private void event(
      String verb,
      String namespace,
      String resource,
      String name,
      String subresource,
      String user,
      String agent,
      String reason) {
    time = time.plusNanos(1000L * random.nextInt(1, 40_000));
    String id = new java.util.UUID(random.nextLong(), random.nextLong()).toString();
    String begin =
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\",\"auditID\":\""
            + id
            + "\",\"stage\":\"";
    String end =
        "\",\"requestURI\":\"/api/v1/namespaces/"
            + (namespace + "/" + resource + "/" + name)
            + (subresource.isEmpty() ? "" : "/" + subresource)
            + ("\",\"verb\":\"" + verb + "\",\"user\":{\"username\":" + user)
            + "},\"sourceIPs\":[\"192.168.121."
            + random.nextInt(255)
            + ("\"],\"userAgent\":\"" + agent + "\",\"objectRef\":{\"resource\":\"" + resource)
            + ("\",\"namespace\":\"" + namespace + "\",\"name\":\"" + name)
            + "\",\"apiVersion\":\"v1\""
            + (subresource.isEmpty() ? "" : ",\"subresource\":\"" + subresource + "\"")
            + "},\"responseStatus\":{\"metadata\":{},\"code\":"
            + (verb.equals("create") ? 201 : 200)
            + ("},\"requestReceivedTimestamp\":\"" + time + "\",\"stageTimestamp\":\"" + time)
            + "\",\"annotations\":{\"authorization.k8s.io/decision\":\"allow\","
            + ("\"authorization.k8s.io/reason\":\"" + reason + "\"}}\n");
    if (verb.equals("watch")) {
      round.append(begin).append("ResponseStarted").append(end);
    }
    round.append(begin).append("ResponseComplete").append(end);
  }

  private String pick(String... words) {
    return words[random.nextInt(words.length)];
  }
}
