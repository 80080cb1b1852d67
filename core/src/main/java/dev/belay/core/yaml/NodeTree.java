package dev.belay.core.yaml;

import dev.belay.core.yaml.YamlNode.Entry;
import dev.belay.core.yaml.YamlNode.Span;
import dev.belay.core.yaml.YamlNode.Style;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Converts snakeyaml's nodes into ours, with places in UTF-16 characters. */
final class NodeTree {
  private final String text;
  private final boolean strict;
  private final int[] offsets;
  private final Deque<Node> above = new ArrayDeque<>();

  /**
   * Prepares the conversion of one text.
   *
   * @param strict whether anchors, merge keys and duplicate keys are refused
   */
  NodeTree(String text, boolean strict) {
    this.text = text;
    this.strict = strict;
    this.offsets = offsetsOf(text);
  }

  /** Converts the top node; no node, or an empty one, is an empty mapping at the text's end. */
  YamlNode top(Node node) {
    boolean empty =
        node == null
            || node instanceof ScalarNode scalar
                && scalar.getValue().isEmpty()
                && scalar.getTag().getValue().equals(Tags.NULL);
    if (empty) {
      int end = text.length();
      int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
      return new YamlNode.Mapping(Tags.MAP, List.of(), false, new Span(end, end, line, 0));
    }
    return convert(node);
  }

  private YamlNode convert(Node node) {
    refuseAnchor(node);
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    refuseRecursion(node);
    above.push(node);
    YamlNode tree =
        node instanceof MappingNode mapping ? mapping(mapping) : sequence((SequenceNode) node);
    above.pop();
    return tree;
  }

  private YamlNode scalar(ScalarNode node) {
    Style style = style(node.getScalarStyle());
    int end = offset(node.getEndMark());
    if (style == Style.BLOCK) {
      end = withoutLastBreak(offset(node.getStartMark()), end);
    }
    return new YamlNode.Scalar(node.getTag().getValue(), node.getValue(), style, span(node, end));
  }

  private YamlNode sequence(SequenceNode node) {
    List<YamlNode> items = new ArrayList<>();
    node.getValue().forEach(item -> items.add(convert(item)));
    int end = items.isEmpty() ? 0 : items.get(items.size() - 1).span().end();
    boolean flow = isFlow(node);
    Span span = span(node, flow ? offset(node.getEndMark()) : end);
    return new YamlNode.Sequence(node.getTag().getValue(), List.copyOf(items), flow, span);
  }

  private YamlNode mapping(MappingNode node) {
    List<Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (NodeTuple pair : node.getValue()) {
      Entry entry = new Entry(convert(pair.getKeyNode()), convert(pair.getValueNode()));
      refuseKey(entry, seen);
      entries.add(entry);
    }
    int end = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
    boolean flow = isFlow(node);
    Span span = span(node, flow ? offset(node.getEndMark()) : end);
    return new YamlNode.Mapping(node.getTag().getValue(), List.copyOf(entries), flow, span);
  }

  private void refuseAnchor(Node node) {
    if (strict && node.getAnchor() != null) {
      throw YamlRefused.at(
          line(node),
          "the anchor &" + node.getAnchor() + " makes one text stand for several places",
          "write the value out at each place");
    }
  }

  private void refuseRecursion(Node node) {
    if (above.contains(node)) {
      throw YamlRefused.at(line(node), "a value refers to itself", "mend the file by hand first");
    }
  }

  private void refuseKey(Entry entry, Set<String> seen) {
    if (!strict || !(entry.key() instanceof YamlNode.Scalar key)) {
      return;
    }
    if (key.tag().equals(Tags.MERGE)) {
      throw YamlRefused.at(
          key.line(), "a merge key (<<) brings in keys from elsewhere", "write the keys out");
    }
    if (!seen.add(key.text())) {
      throw YamlRefused.at(
          key.line(), "the key " + key.text() + " stands twice in one mapping", "remove one");
    }
  }

  private Span span(Node node, int end) {
    int start = offset(node.getStartMark());
    int lineStart = text.lastIndexOf('\n', start - 1) + 1;
    int mark = lineStart == 0 && text.indexOf(YamlParse.BYTE_ORDER_MARK) == 0 ? 1 : 0;
    return new Span(start, end, line(node), Math.max(0, start - lineStart - mark));
  }

  /** Leaves out the blanks and the line break that end a block scalar, keeping its blank lines. */
  private int withoutLastBreak(int start, int end) {
    int last = end;
    while (last > start && text.charAt(last - 1) == ' ') {
      last--;
    }
    if (last > start && text.charAt(last - 1) == '\n') {
      last--;
      last -= text.charAt(last - 1) == '\r' ? 1 : 0;
    }
    return last;
  }

  private int offset(Mark mark) {
    return offsets == null ? mark.getIndex() : offsets[mark.getIndex()];
  }

  /** Maps code points to characters, as marks count the former; null where both are the same. */
  private static int[] offsetsOf(String text) {
    int points = text.codePointCount(0, text.length());
    if (points == text.length()) {
      return null;
    }
    int[] offsets = new int[points + 1];
    for (int point = 0, at = 0; point <= points; point++) {
      offsets[point] = at;
      at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 0;
    }
    return offsets;
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private static boolean isFlow(CollectionNode<?> node) {
    return node.getFlowStyle() == FlowStyle.FLOW;
  }

  private static Style style(ScalarStyle style) {
    return switch (style) {
      case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
      case DOUBLE_QUOTED -> Style.DOUBLE_QUOTED;
      case LITERAL, FOLDED -> Style.BLOCK;
      default -> Style.PLAIN;
    };
  }
}
