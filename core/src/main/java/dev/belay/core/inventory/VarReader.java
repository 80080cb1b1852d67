package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.StrictYaml.Entry;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.inventory.Draft.Var;
import dev.belay.core.remote.Secret;
import dev.belay.core.text.NearMiss;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the variables of a group or host into plain data. */
final class VarReader {

  /** Takes a place and a pair of text and advice. */
  interface Warnings {
    void add(Position at, String text, String advice);
  }

  private static final Tag UNSAFE = new Tag("!unsafe");

  private final Warnings warnings;

  VarReader(Warnings warnings) {
    this.warnings = warnings;
  }

  /** Turns a node into data by the rules of YAML 1.1, as Ansible does. */
  private static final class Constructor extends SafeConstructor {
    Constructor() {
      super(options());
      setAllowDuplicateKeys(false);
    }

    private static LoaderOptions options() {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      return options;
    }

    Object data(Node node) {
      return constructDocument(node);
    }
  }

  /** Reads each variable of a mapping that has no key twice. */
  void read(List<Entry> entries, BiConsumer<String, Var> into) {
    for (Entry entry : entries) {
      checkName(entry);
      into.accept(entry.key(), new Var(Position.of(entry.value()), value(entry)));
    }
  }

  private void checkName(Entry entry) {
    String name = entry.key();
    if (VarNames.LOGIN_PASSWORDS.contains(name)) {
      throw new YamlFault(
          entry.keyAt(),
          name + ": logging in by password is not supported",
          "use a key: ansible_ssh_private_key_file, or ssh-copy-id and the agent");
    }
    if (name.equals(VarNames.CONNECTION)) {
      connection(entry);
    } else if (name.startsWith("ansible_") && !VarNames.isUsed(name) && !VarNames.isSilent(name)) {
      warnings.add(
          entry.keyAt(),
          name + " has no effect here" + NearMiss.question(name, VarNames.used()),
          advice(name));
    }
  }

  private static String advice(String name) {
    return name.startsWith("ansible_ssh_") && name.endsWith("_args")
        ? "put jump hosts and options into ~/.ssh/config"
        : "remove it, or keep it for Ansible";
  }

  private void connection(Entry entry) {
    String way = StrictYaml.text(entry.value()).orElse("?");
    if (!VarNames.SSH.contains(way)) {
      warnings.add(
          Position.of(entry.value()),
          "ansible_connection: " + way + " has no effect here, hosts are reached by ssh only",
          "leave these hosts out by a pattern, or reach them by ssh");
    }
  }

  private Object value(Entry entry) {
    String name = entry.key();
    plain(entry.value());
    checkTemplate(entry);
    if (VarNames.isSecret(name)) {
      return secret(entry);
    }
    try {
      return frozen(new Constructor().data(entry.value()));
    } catch (MarkedYAMLException broken) {
      throw new YamlFault(
          Position.of(entry.value()), name + ": " + broken.getProblem(), "correct the value");
    }
  }

  /** Returns the password, or null where there is none; its text is in no message. */
  private static Secret secret(Entry entry) {
    if (StrictYaml.isNull(entry.value())) {
      return null;
    }
    return StrictYaml.text(entry.value())
        .map(Secret::of)
        .orElseThrow(
            () ->
                new YamlFault(
                    Position.of(entry.value()),
                    entry.key() + ": the password is not a text",
                    "quote it"));
  }

  private void checkTemplate(Entry entry) {
    boolean template =
        StrictYaml.text(entry.value()).filter(text -> text.contains("{{")).isPresent();
    if (template && VarNames.isUsed(entry.key())) {
      throw new YamlFault(
          Position.of(entry.value()),
          entry.key() + ": templates ({{ }}) are not evaluated",
          VarNames.isSecret(entry.key())
              ? "give the password at run time"
              : "write the value itself");
    }
    if (template) {
      warnings.add(
          Position.of(entry.value()),
          entry.key() + ": templates ({{ }}) are not evaluated, the value stays as written",
          "write the value itself");
    }
  }

  /** Refuses tags that stand for more than data, and reads dates as text. */
  private static void plain(Node node) {
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(VarReader::plain);
    } else if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(tuple -> plain(tuple.getValueNode()));
    } else if (node instanceof ScalarNode scalar) {
      Tag tag = scalar.getTag();
      if (UNSAFE.equals(tag) || Tag.TIMESTAMP.equals(tag)) {
        scalar.setTag(Tag.STR);
      } else if (tag.getValue().equals("!vault")) {
        throw new YamlFault(
            Position.of(node), "Ansible Vault values are not read", "give the value at run time");
      } else if (!tag.getValue().startsWith(Tag.PREFIX)) {
        throw new YamlFault(
            Position.of(node), "the tag " + tag.getValue() + " is unknown", "remove the tag");
      }
    }
  }

  private static Object frozen(Object data) {
    if (data instanceof List<?> list) {
      return list.stream().map(VarReader::frozen).toList();
    }
    if (data instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, frozen(value)));
      return Collections.unmodifiableMap(copy);
    }
    return data;
  }
}
