package dev.belay.core.builtin.falco.rules;

import dev.belay.core.builtin.falco.FalcoPriority;
import dev.belay.core.yaml.YamlScalar;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes items in block style, texts folded; used once. */
final class RulesWriter {

  private static final int WIDTH = 92;
  private static final String FLOW_INDICATORS = ".*[,:?{}\\[\\]].*";

  private final FalcoVersion version;
  private final StringBuilder out = new StringBuilder();

  RulesWriter(FalcoVersion version) {
    this.version = version;
  }

  String write(FalcoRules rules) {
    for (FalcoItem item : rules.items()) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      write(item);
    }
    return out.toString();
  }

  private void write(FalcoItem item) {
    if (item instanceof FalcoRule rule) {
      out.append("- rule: ").append(name(rule.name())).append('\n');
      body(rule.body());
    } else if (item instanceof RuleChange change) {
      change(change);
    } else if (item instanceof FalcoMacro macro) {
      out.append("- macro: ").append(name(macro.name())).append('\n');
      text("condition", Optional.of(macro.condition()));
      merge("condition", macro.merge());
    } else if (item instanceof FalcoList list) {
      out.append("- list: ").append(name(list.name())).append('\n');
      key("items", flow(list.items()));
      merge("items", list.merge());
    } else if (item instanceof EngineVersion engine) {
      out.append("- required_engine_version: ").append(engine.required()).append('\n');
    } else if (item instanceof PluginVersions plugins) {
      plugins(plugins);
    }
  }

  private void plugins(PluginVersions plugins) {
    out.append("- required_plugin_versions:\n");
    for (PluginVersions.Requirement one : plugins.plugins()) {
      out.append("    - ").append(requirement(one)).append('\n');
      if (!one.alternatives().isEmpty()) {
        out.append("      alternatives:\n");
        one.alternatives()
            .forEach(other -> out.append("        - ").append(requirement(other, 10)).append('\n'));
      }
    }
  }

  private static String requirement(PluginVersions.Requirement one) {
    return requirement(one, 6);
  }

  private static String requirement(PluginVersions.Requirement one, int indent) {
    return "name: "
        + name(one.name())
        + "\n"
        + " ".repeat(indent)
        + "version: "
        + flow(one.version());
  }

  private void change(RuleChange change) {
    if (!version.knowsOverride()) {
      throw FalcoRulesException.of(
          change.label() + " cannot be written for Falco " + version,
          "write the whole rule; override came with 0.37");
    }
    out.append("- rule: ").append(name(change.name())).append('\n');
    body(change.body());
    out.append("  override:\n");
    for (RuleKey key : RuleKey.values()) {
      Optional.ofNullable(change.ways().get(key))
          .ifPresent(
              way ->
                  out.append("    ")
                      .append(key.word())
                      .append(": ")
                      .append(way.word())
                      .append('\n'));
    }
  }

  private void body(RuleBody body) {
    text("desc", body.text().desc());
    text("condition", body.text().condition());
    text("output", body.text().output());
    body.priority().map(FalcoPriority::name).ifPresent(word -> key("priority", word));
    body.switches().source().ifPresent(source -> key("source", name(source)));
    flag("enabled", body.switches().enabled());
    flag("warn_evttypes", body.switches().warnEvttypes());
    flag("skip-if-unknown-filter", body.switches().skipIfUnknownFilter());
    body.tags().ifPresent(tags -> key("tags", flow(tags)));
    body.exceptions().ifPresent(this::exceptions);
  }

  private void exceptions(List<RuleException> exceptions) {
    out.append("  exceptions:").append(exceptions.isEmpty() ? " []" : "").append('\n');
    for (RuleException one : exceptions) {
      out.append("    - name: ").append(name(one.name())).append('\n');
      one.fields().ifPresent(fields -> part("fields", fields));
      one.comps().ifPresent(comps -> part("comps", comps));
      one.values().ifPresent(this::values);
    }
  }

  private void values(List<ExceptionEntry> values) {
    out.append("      values:").append(values.isEmpty() ? " []" : "").append('\n');
    values.forEach(value -> out.append("        - ").append(flow(value)).append('\n'));
  }

  private void part(String key, ExceptionEntry entry) {
    out.append("      ").append(key).append(": ").append(flow(entry)).append('\n');
  }

  private void merge(String key, Merge merge) {
    if (merge == Merge.APPEND && version.knowsOverride()) {
      out.append("  override:\n    ").append(key).append(": append\n");
    } else if (merge == Merge.APPEND) {
      key("append", "true");
    }
  }

  private void flag(String key, Optional<Boolean> flag) {
    flag.ifPresent(yes -> key(key, yes.toString()));
  }

  private void key(String key, String value) {
    out.append("  ").append(key).append(": ").append(value).append('\n');
  }

  private void text(String key, Optional<String> text) {
    if (text.isEmpty()) {
      return;
    }
    if (!text.get().contains(" ") || !foldable(text.get())) {
      key(key, flow(text.get()));
      return;
    }
    key(key, ">-");
    String rest = text.get();
    while (rest.length() > WIDTH) {
      int end = lineEnd(rest);
      if (end < 0) {
        break;
      }
      out.append("    ").append(rest, 0, end).append('\n');
      rest = rest.substring(end + 1);
    }
    out.append("    ").append(rest).append('\n');
  }

  /** Returns the last blank within the width at which a line may end: a single one. */
  private static int lineEnd(String text) {
    int last = -1;
    for (int i = 1; i < text.length() - 1 && (i <= WIDTH || last < 0); i++) {
      if (text.charAt(i) == ' ' && text.charAt(i - 1) != ' ' && text.charAt(i + 1) != ' ') {
        last = i;
      }
    }
    return last;
  }

  private static boolean foldable(String text) {
    return !text.startsWith(" ")
        && text.codePoints()
            .allMatch(c -> c >= 0x20 && c <= 0x7e || c >= 0xa0 && c < 0x2028 || c > 0xffff);
  }

  private static String name(String text) {
    boolean words = text.matches("[A-Za-z][A-Za-z0-9_./() -]*[A-Za-z0-9)]") && text.contains(" ");
    return words ? text : flow(text);
  }

  private static String flow(List<String> texts) {
    return texts.stream().map(RulesWriter::flow).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String flow(ExceptionEntry entry) {
    return entry instanceof ExceptionEntry.One one
        ? flow(one.text())
        : ((ExceptionEntry.Many) entry)
            .items().stream().map(RulesWriter::flow).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Returns a scalar as it may stand anywhere, also within brackets. */
  private static String flow(String text) {
    String block = YamlScalar.of(text).toYaml().strip();
    return block.matches(FLOW_INDICATORS) && !block.startsWith("\"")
        ? "'" + text.replace("'", "''") + "'"
        : block;
  }
}
