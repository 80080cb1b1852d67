package dev.belay.core.builtin.kube.incident;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a line that an API server writes with {@code --audit-log-format=legacy}: {@code TIME AUDIT:
 * id="" stage="" ip="" method="" user="" groups="" as="" asgroups="" user-agent="" namespace=""
 * uri="" response=""}, see EventString in staging/src/k8s.io/apiserver/pkg/audit/format.go. What
 * allowed a request it does not say.
 */
final class LegacyAuditLine {

  private static final String MARK = " AUDIT: ";

  private LegacyAuditLine() {}

  static Optional<AuditEvent> parse(byte[] buffer, int from, int length) {
    String line = new String(buffer, from, length, StandardCharsets.UTF_8);
    int mark = line.indexOf(MARK);
    if (mark < 0) {
      return Optional.empty();
    }
    Map<String, String> fields = fields(line, mark + MARK.length());
    return fields.containsKey("stage") && fields.containsKey("response")
        ? Optional.of(event(line.substring(0, mark), fields))
        : Optional.empty();
  }

  private static Map<String, String> fields(String line, int start) {
    Map<String, String> fields = new HashMap<>();
    int at = start;
    while (at < line.length()) {
      int equals = line.indexOf('=', at);
      Optional<GoQuoted> value = equals < 0 ? Optional.empty() : GoQuoted.at(line, equals + 1);
      if (value.isEmpty()) {
        return fields;
      }
      fields.put(line.substring(at, equals).strip(), value.get().value());
      at = value.get().end();
    }
    return fields;
  }

  private static AuditEvent event(String time, Map<String, String> fields) {
    return new AuditEvent(
        text(fields, "id"),
        text(fields, "stage"),
        text(fields, "method"),
        new AuditEvent.Who(
            text(fields, "user").equals("<none>") ? "" : text(fields, "user"),
            Optional.of(text(fields, "as")).filter(as -> !as.isEmpty() && !as.equals("<self>")),
            text(fields, "ip")),
        object(text(fields, "namespace"), text(fields, "uri")),
        new AuditEvent.Outcome(
            AuditNumbers.code(text(fields, "response")),
            Optional.empty(),
            new Grant.Unknown("the legacy log format does not say what allowed a request"),
            AuditNumbers.time(time)));
  }

  /**
   * Takes {@code /api/v1/namespaces/NS/RESOURCE/NAME/SUBRESOURCE} or the same below /apis/GROUP.
   */
  private static AuditEvent.ObjectRef object(String namespace, String uri) {
    int query = uri.indexOf('?');
    String[] parts = (query < 0 ? uri : uri.substring(0, query)).split("/");
    int at = uri.startsWith("/apis/") ? 4 : 3;
    if (parts.length > at + 2
        && parts[at].equals("namespaces")
        && parts[at + 1].equals(namespace)) {
      at += 2;
    }
    return new AuditEvent.ObjectRef(
        namespace.equals("<none>") ? "" : namespace,
        part(parts, at),
        part(parts, at + 2),
        part(parts, at + 1));
  }

  private static String part(String[] parts, int index) {
    return index < parts.length ? parts[index] : "";
  }

  private static String text(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "");
  }
}
