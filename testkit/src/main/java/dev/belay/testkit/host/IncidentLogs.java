package dev.belay.testkit.host;

import dev.belay.core.remote.Sh;

/**
 * Made-up logs of an incident as in CKS Challenge 4, for playbooks that read them: agent-smith,
 * impersonated by kubernetes-admin, recreates what is in namespace citadel, and pod eden-software2
 * in eden-prime installs packages. Controllers, nodes and refused requests are in the logs too.
 */
public final class IncidentLogs {

  private static final String UID = "4c932b2a-32b7-4a6a-b98d-87ad100e54e8";

  private IncidentLogs() {}

  /**
   * Returns shell text that puts an audit log with an older, compressed part, and a log of Falco
   * where the playbooks look for them.
   */
  public static String arrange() {
    String home = "/var/log/kubernetes/audit";
    return "mkdir -p -m 700 "
        + home
        + " && printf '%s\\n' "
        + Sh.quote(round(1))
        + " | gzip -c > "
        + home
        + "/audit-2022-06-23T13-39-00.000.log.gz && { printf '%s\\n' "
        + Sh.quote(round(2))
        + "; printf %s "
        + Sh.quote(round(3).substring(0, 200))
        + "; } > "
        + home
        + "/audit.log && printf '%s\\n' "
        + Sh.quote(falco())
        + " > /opt/falco.log";
  }

  private static String round(int minute) {
    String smith = "\"kubernetes-admin\"},\"impersonatedUser\":{\"username\":\"agent-smith\"";
    String binding =
        "RBAC: allowed by RoleBinding \\\"important_binding_do_not_delete/citadel\\\" of Role"
            + " \\\"important_role_do_not_delete\\\" to User \\\"agent-smith\\\"";
    return String.join(
        "\n",
        event(minute, "delete", "configmaps", "webapp-config-map", smith, 200, binding),
        event(minute, "list", "configmaps", "webapp-config-map", smith, 200, binding),
        event(minute, "create", "configmaps", "webapp-config-map", smith, 201, binding),
        event(minute, "delete", "pods", "webapp-color", smith, 200, binding),
        event(minute, "create", "pods", "webapp-color", smith, 201, binding),
        event(minute, "delete", "pods", "webapp-color", "\"neo\"", 403, ""),
        event(minute, "patch", "pods", "webapp-color", "\"system:node:controlplane\"", 200, ""),
        event(
            minute,
            "delete",
            "pods",
            "webapp-color",
            "\"system:serviceaccount:kube-system:namespace-controller\"",
            200,
            ""),
        event(minute, "create", "configmaps", "settings", "\"morpheus\"", 201, ""));
  }

  private static String event(
      int minute, String verb, String resource, String name, String user, int code, String reason) {
    String time = "2022-06-23T13:3" + minute + ":21.709680Z";
    return "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\","
        + ("\"auditID\":\"" + verb + "-" + resource + "-" + minute + "\",")
        + "\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1\",\"verb\":\""
        + (verb + "\",\"user\":{\"username\":" + user + "},\"sourceIPs\":[\"192.168.121.1\"],")
        + ("\"userAgent\":\"kubectl\",\"objectRef\":{\"resource\":\"" + resource)
        + ("\",\"namespace\":\"citadel\",\"name\":\"" + name + "\",\"apiVersion\":\"v1\"},")
        + ("\"responseStatus\":{\"metadata\":{},\"code\":" + code + "},")
        + ("\"requestReceivedTimestamp\":\"" + time + "\",\"stageTimestamp\":\"" + time + "\",")
        + ("\"annotations\":{\"authorization.k8s.io/decision\":\"" + decision(code) + "\",")
        + ("\"authorization.k8s.io/reason\":\"" + reason + "\"}}");
  }

  private static String decision(int code) {
    return code == 403 ? "forbid" : "allow";
  }

  private static String falco() {
    String pod = " container_name=k8s_eden-software2_eden-software2_eden-prime_" + UID + "_0";
    return String.join(
        "\n",
        "14:08:26.401677143: Error Package management process launched in container (user=root"
            + " command=apt install nginx container_id=4bb5785dd832"
            + pod
            + " image=ubuntu:latest)",
        "14:08:30.113425643: Notice A shell was spawned in a container with an attached terminal"
            + " (user=root command=bash container_id=aaaa785dd832 container_name=k8s_c_innocent_omega_"
            + UID
            + "_0 image=ubuntu)",
        "14:08:46.410428958: Error Package management process launched in container (user=root"
            + " command=apt install nginx container_id=4bb5785dd832"
            + pod
            + " image=ubuntu:latest)");
  }
}
