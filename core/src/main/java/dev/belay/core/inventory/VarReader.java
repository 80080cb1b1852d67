package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.StrictYaml.Entry;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.inventory.Draft.Place;
import dev.belay.core.inventory.Draft.Var;
import dev.belay.core.remote.Secret;
import dev.belay.core.secret.VaultKeys;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the variables of a group or host into plain data. */
final class VarReader {

  /** What PyYAML, and with it Ansible, takes for a number: not {@code 1e3}. */
  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?\\d[\\d_]*\\.[\\d_]*(?:[eE][-+]\\d+)?|\\.\\d[\\d_]*(?:[eE][-+]\\d+)?"
              + "|[-+]?\\d[\\d_]*(?::[0-5]?\\d)++\\.[\\d_]*"
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

  private static final Tag UNSAFE = new Tag("!unsafe");

  private final String source;
  private final VarChecks checks;
  private final VaultKeys vault;
  private final boolean encrypted;

  VarReader(String source, Draft draft) {
    this(source, draft, false);
  }

  /**
   * Makes a reader.
   *
   * @param encrypted whether the whole file was, so that its texts are secrets
   */
  VarReader(String source, Draft draft, boolean encrypted) {
    this.source = source;
    this.checks = new VarChecks(draft);
    this.vault = draft.vault;
    this.encrypted = encrypted;
  }

  /** Turns a node into data by the rules of YAML 1.1, as Ansible does. */
  private static final class Constructor extends SafeConstructor {
    Constructor(VaultKeys vault) {
      super(options());
      setAllowDuplicateKeys(false);
      yamlConstructors.put(VaultValue.TAG, new VaultValue(vault));
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
      into.accept(entry.key(), new Var(place(entry.value()), value(entry)));
    }
  }

  private Place place(Node node) {
    return new Place(source, Position.of(node));
  }

  private void checkName(Entry entry) {
    checks.name(entry.key(), new Place(source, entry.keyAt()));
    if (entry.key().equals(VarNames.CONNECTION)) {
      checks.connection(StrictYaml.text(entry.value()).orElse("?"), place(entry.value()));
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
      Object data = frozen(new Constructor(vault).data(entry.value()));
      boolean forUs = VarNames.isUsed(name) || VarNames.isSilent(name);
      if (forUs) {
        return data instanceof Secret secret ? secret.reveal() : data;
      }
      return encrypted ? hidden(data) : data;
    } catch (MarkedYAMLException broken) {
      throw new YamlFault(
          Position.of(entry.value()), name + ": " + broken.getProblem(), "correct the value");
    } catch (ClassCastException | IllegalArgumentException | YAMLException unfit) {
      // snakeyaml trusts a tag that is written out, as in !!binary {a: b} or !!int many.
      throw new YamlFault(
          Position.of(entry.value()),
          name + ": a value does not fit its tag",
          "correct the value, or leave the tag away");
    }
  }

  /** Returns the password, or null where there is none; its text is in no message. */
  private Secret secret(Entry entry) {
    if (VaultValue.TAG.equals(entry.value().getTag())) {
      return new VaultValue(vault).construct(entry.value());
    }
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
    StrictYaml.text(entry.value())
        .ifPresent(text -> checks.template(entry.key(), text, place(entry.value())));
  }

  /** Refuses tags that stand for more than data, and reads dates as text. */
  private static void plain(Node node) {
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(VarReader::plain);
    } else if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(tuple -> plain(tuple.getValueNode()));
    } else if (node instanceof ScalarNode scalar) {
      Tag tag = scalar.getTag();
      boolean noFloat = Tag.FLOAT.equals(tag) && !FLOAT.matcher(scalar.getValue()).matches();
      if (UNSAFE.equals(tag) || Tag.TIMESTAMP.equals(tag) || noFloat) {
        scalar.setTag(Tag.STR);
      } else if (!tag.getValue().startsWith(Tag.PREFIX) && !VaultValue.TAG.equals(tag)) {
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

  /** Makes secrets of all texts. */
  private static Object hidden(Object data) {
    if (data instanceof List<?> list) {
      return list.stream().map(VarReader::hidden).toList();
    }
    if (data instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, hidden(value)));
      return Collections.unmodifiableMap(copy);
    }
    return data instanceof String text ? Secret.of(text) : data;
  }
}
