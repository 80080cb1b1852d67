package dev.belay.core.yaml;

import java.util.List;
import java.util.Optional;

/** A node of a parsed YAML document, with its place in the text. Immutable. */
public sealed interface YamlNode {

  /**
   * Reads the first document of {@code bytes} for looking only, as kubelet would.
   *
   * <p>Takes what {@link YamlText#parse} refuses to edit: JSON, anchors, further documents.
   *
   * @throws YamlRefused when it is no YAML, not UTF-8, larger than 1 MiB or refers to itself
   */
  static YamlNode read(byte[] bytes) {
    return YamlParse.toLookAt(bytes);
  }

  /** Returns where the node stands in the text. */
  Span span();

  /** Returns the full YAML tag, such as {@code tag:yaml.org,2002:str}. */
  String tag();

  /** Returns the line the node begins on, counted from 1. */
  default int line() {
    return span().line();
  }

  /** Tells whether there is no value: nothing, {@code null} or {@code ~}. */
  default boolean isNull() {
    return tag().equals(Tags.NULL);
  }

  /** Returns the node that {@code path} leads to from this one, if there is one. */
  default Optional<YamlNode> at(YamlPath path) {
    Optional<YamlNode> node = Optional.of(this);
    for (Object step : path.steps()) {
      node = node.flatMap(n -> n.child(step));
    }
    return node;
  }

  /** Returns the value of {@code key}, if this is a mapping that has it. */
  default Optional<YamlNode> get(String key) {
    return child(key);
  }

  /** Returns the text of the scalar under {@code key}, if there is one and it is not null. */
  default Optional<String> text(String key) {
    return get(key)
        .filter(node -> !node.isNull())
        .filter(Scalar.class::isInstance)
        .map(node -> ((Scalar) node).text());
  }

  /** Returns the items of a list; none for anything else. */
  default List<YamlNode> list() {
    return this instanceof Sequence sequence ? sequence.items() : List.of();
  }

  /** Returns the child at a key or position, if there is one. */
  private Optional<YamlNode> child(Object step) {
    if (this instanceof Mapping mapping && step instanceof String key) {
      return mapping.entry(key).map(Entry::value);
    }
    boolean there = step instanceof Integer index && index < list().size();
    return there ? Optional.of(list().get((Integer) step)) : Optional.empty();
  }

  /**
   * A place in the text.
   *
   * @param start where it begins, in UTF-16 characters
   * @param end just past its last character; block collections end where their last scalar does
   * @param line the line it begins on, counted from 1
   * @param column characters before it on that line, byte order mark not counted
   */
  record Span(int start, int end, int line, int column) {}

  /** How a scalar is written. */
  enum Style {
    /** Without quotes. */
    PLAIN,
    /** In single quotes. */
    SINGLE_QUOTED,
    /** In double quotes. */
    DOUBLE_QUOTED,
    /** Literal or folded: several lines after {@code |} or {@code >}. */
    BLOCK
  }

  /**
   * A scalar.
   *
   * @param tag its full tag, resolved by YAML 1.1 rules
   * @param text its value, unquoted
   * @param style how it is written
   * @param span its place
   */
  record Scalar(String tag, String text, Style style, Span span) implements YamlNode {

    /** Tells whether this scalar already holds the data of {@code wanted}, however written. */
    public boolean holds(YamlScalar wanted) {
      return Tags.same(this, wanted);
    }
  }

  /**
   * A list.
   *
   * @param tag its full tag
   * @param items its items in order
   * @param flow whether it is written in brackets
   * @param span its place
   */
  record Sequence(String tag, List<YamlNode> items, boolean flow, Span span) implements YamlNode {}

  /**
   * A mapping.
   *
   * @param tag its full tag
   * @param entries its entries in order
   * @param flow whether it is written in braces
   * @param span its place
   */
  record Mapping(String tag, List<Entry> entries, boolean flow, Span span) implements YamlNode {

    /** Returns the entry whose key is a scalar reading {@code key}, if there is one. */
    public Optional<Entry> entry(String key) {
      return entries.stream()
          .filter(entry -> entry.key() instanceof Scalar scalar && scalar.text().equals(key))
          .findFirst();
    }
  }

  /**
   * A key and its value.
   *
   * @param key the key, mostly a scalar
   * @param value the value; a null scalar without text where there is none
   */
  record Entry(YamlNode key, YamlNode value) {

    /** Returns the offset just past the entry. */
    int end() {
      return Math.max(key.span().end(), value.span().end());
    }
  }
}
