package dev.belay.core.internal.strictyaml;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Parses a small YAML file into nodes that know their place.
 *
 * <p>Refuses text that is not UTF-8, more than 2^20 characters, more than 40 levels of nesting and
 * more than 10 aliases of collections, so that no file can hold a run up.
 */
public final class StrictYaml {

  private static final int MAX_CHARACTERS = 1 << 20;

  /**
   * One key of a mapping with its value.
   *
   * @param key the key's text
   * @param keyAt where the key stands
   * @param value the value as parsed, with marks
   */
  public record Entry(String key, Position keyAt, Node value) {}

  private StrictYaml() {}

  /**
   * Returns the root node of the only document, or empty where there is nothing but comments.
   *
   * @throws YamlFault when the text is no YAML or breaks one of the limits of this class
   */
  public static Optional<Node> compose(byte[] utf8) {
    String text = decode(utf8);
    try {
      Optional<Node> root = Optional.ofNullable(parser().compose(new StringReader(text)));
      root.ifPresent(node -> refuseCycles(node, new IdentityHashMap<>()));
      return root;
    } catch (MarkedYAMLException broken) {
      throw syntax(broken, text);
    } catch (YAMLException limit) {
      throw new YamlFault(Position.START, limit.getMessage(), "make the file smaller and simpler");
    }
  }

  /**
   * Returns the root nodes of all documents in order, those left out that are empty.
   *
   * @throws YamlFault when the text is no YAML or breaks one of the limits of this class
   */
  public static List<Node> composeAll(byte[] utf8) {
    String text = decode(utf8);
    List<Node> roots = new ArrayList<>();
    try {
      for (Node root : parser().composeAll(new StringReader(text))) {
        refuseCycles(root, new IdentityHashMap<>());
        roots.add(root);
      }
      return roots.stream().filter(root -> !isNull(root)).toList();
    } catch (MarkedYAMLException broken) {
      throw syntax(broken, text);
    } catch (YAMLException limit) {
      throw new YamlFault(Position.START, limit.getMessage(), "make the file smaller and simpler");
    }
  }

  /**
   * Returns the keys of a mapping in their order, duplicates included.
   *
   * @throws YamlFault for a key that is not a string, such as {@code 10:} or {@code yes:}
   */
  public static List<Entry> entries(MappingNode mapping) {
    List<Entry> entries = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      if (key instanceof ScalarNode scalar && Tag.MERGE.equals(scalar.getTag())) {
        throw new YamlFault(
            Position.of(key), "merge keys (<<) are not followed", "write the keys out in full");
      }
      if (!(key instanceof ScalarNode scalar) || !Tag.STR.equals(scalar.getTag())) {
        throw new YamlFault(
            Position.of(key), "this key is " + describe(key) + ", not a text", "quote the key");
      }
      entries.add(new Entry(scalar.getValue(), Position.of(key), tuple.getValueNode()));
    }
    return entries;
  }

  /** Tells whether a node is a scalar without a value, such as after {@code users:}. */
  public static boolean isNull(Node node) {
    return Tag.NULL.equals(node.getTag());
  }

  /** Returns the text of a scalar that YAML reads as a string, or empty for anything else. */
  public static Optional<String> text(Node node) {
    return node instanceof ScalarNode scalar && Tag.STR.equals(scalar.getTag())
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** Returns what a node is, in words fit for a message: {@code a list}, {@code the number 7}. */
  public static String describe(Node node) {
    if (node instanceof SequenceNode) {
      return "a list";
    }
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    return describeScalar((ScalarNode) node);
  }

  private static String describeScalar(ScalarNode scalar) {
    String value = shortened(scalar.getValue());
    Tag tag = scalar.getTag();
    if (Tag.NULL.equals(tag)) {
      return "empty";
    }
    if (Tag.STR.equals(tag)) {
      return "the text \"" + value + "\"";
    }
    if (Tag.BOOL.equals(tag)) {
      return "the boolean " + value;
    }
    if (Tag.INT.equals(tag) || Tag.FLOAT.equals(tag)) {
      return "the number " + value;
    }
    return Tag.TIMESTAMP.equals(tag) ? "the date " + value : "a value tagged " + tag.getValue();
  }

  private static String shortened(String value) {
    return value.length() <= 60 ? value : value.substring(0, 60) + "...";
  }

  /** An alias may refer to the very collection it stands in; readers would follow it for ever. */
  private static void refuseCycles(Node node, Map<Node, Boolean> done) {
    Boolean finished = done.put(node, false);
    if (Boolean.FALSE.equals(finished)) {
      throw new YamlFault(
          Position.of(node), "an alias refers to what it stands in", "write the part out in full");
    }
    if (finished == null && node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> refuseCycles(item, done));
    } else if (finished == null && node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        refuseCycles(tuple.getKeyNode(), done);
        refuseCycles(tuple.getValueNode(), done);
      }
    }
    done.put(node, true);
  }

  private static Yaml parser() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setMaxAliasesForCollections(10);
    options.setNestingDepthLimit(40);
    return new Yaml(new SafeConstructor(options));
  }

  private static String decode(byte[] utf8) {
    ByteBuffer bytes = ByteBuffer.wrap(utf8);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      String before = new String(utf8, 0, bytes.position(), StandardCharsets.UTF_8);
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      int column = before.length() - before.lastIndexOf('\n');
      throw new YamlFault(
          new Position(line, column), "the file is not UTF-8", "save the file as UTF-8");
    }
  }

  private static YamlFault syntax(MarkedYAMLException broken, String text) {
    Position at = Position.of(broken.getProblemMark());
    String wrong = "this is not YAML: " + broken.getProblem();
    if (text.contains("{%") || text.contains("{{")) {
      return new YamlFault(at, wrong, "this looks like a template ({% or {{): render it first");
    }
    if (wrong.contains("TAB")) {
      return new YamlFault(at, wrong, "indent with spaces, YAML allows no tabs there");
    }
    if (wrong.contains("another document")) {
      return new YamlFault(at, "this is a second document", "keep one document in the file");
    }
    return new YamlFault(at, wrong, "look at the indentation and quotes of this line");
  }
}
