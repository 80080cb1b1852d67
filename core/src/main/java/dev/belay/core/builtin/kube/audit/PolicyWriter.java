package dev.belay.core.builtin.kube.audit;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a policy in one fixed layout. */
final class PolicyWriter {

  /** Texts that YAML 1.1 and 1.2 both read back as the same text without quotes. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9._/@-]*(:[A-Za-z0-9._/@-]+)*");

  private static final Set<String> KEYWORDS =
      Set.of("y", "n", "yes", "no", "true", "false", "on", "off", "null");

  private final StringBuilder out = new StringBuilder();

  String write(Policy policy) {
    line(0, "apiVersion: audit.k8s.io/v1");
    line(0, "kind: Policy");
    texts(0, "omitStages", stages(policy.omitStages()));
    policy.omitManagedFields().ifPresent(omit -> line(0, "omitManagedFields: " + omit));
    line(0, "rules:");
    policy.rules().forEach(this::rule);
    return out.toString();
  }

  private void rule(Rule rule) {
    line(1, "- level: " + rule.level().wireName());
    texts(2, "users", rule.users());
    texts(2, "userGroups", rule.userGroups());
    texts(2, "verbs", rule.verbs());
    texts(2, "namespaces", rule.namespaces());
    if (!rule.resources().isEmpty()) {
      line(2, "resources:");
      rule.resources().forEach(this::resources);
    }
    texts(2, "nonResourceURLs", rule.nonResourceUrls());
    texts(2, "omitStages", stages(rule.omitStages()));
    rule.omitManagedFields().ifPresent(omit -> line(2, "omitManagedFields: " + omit));
  }

  private void resources(GroupResources entry) {
    line(3, "- group: " + scalar(entry.group()));
    texts(4, "resources", entry.resources());
    texts(4, "resourceNames", entry.resourceNames());
  }

  private void texts(int depth, String field, Collection<String> values) {
    if (!values.isEmpty()) {
      line(depth, field + ":");
      values.forEach(value -> line(depth + 1, "- " + scalar(value)));
    }
  }

  private void line(int depth, String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }

  private static List<String> stages(Set<Stage> stages) {
    return stages.stream().map(Stage::wireName).toList();
  }

  private static String scalar(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !KEYWORDS.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> quoted.append(escaped(c)));
    return quoted.append('"').toString();
  }

  private static String escaped(int c) {
    if (c == '"' || c == '\\') {
      return "\\" + (char) c;
    }
    if (c == '\n') {
      return "\\n";
    }
    if (c >= ' ' && c <= '~') {
      return Character.toString(c);
    }
    return c > 0xFFFF ? String.format("\\U%08X", c) : String.format("\\u%04X", c);
  }
}
