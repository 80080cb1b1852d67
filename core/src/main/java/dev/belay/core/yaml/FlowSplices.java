package dev.belay.core.yaml;

import dev.belay.core.yaml.YamlNode.Scalar;
import dev.belay.core.yaml.YamlNode.Span;
import dev.belay.core.yaml.YamlNode.Style;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what to change in the text for an edit inside brackets or braces.
 *
 * @param lines the text
 */
record FlowSplices(TextLines lines) {
  private static final String SEPARATOR = ", ";

  List<Splice> addKey(YamlNode.Mapping mapping, String key, YamlValue value) {
    List<int[]> spans = new ArrayList<>();
    Style like = Style.PLAIN;
    for (YamlNode.Entry entry : mapping.entries()) {
      spans.add(new int[] {entry.key().span().start(), entry.end()});
      like = styleOf(entry.key());
    }
    return add(mapping.span(), spans, spans.size(), FlowWriter.entry(key, value, like));
  }

  List<Splice> addItem(YamlNode.Sequence list, int position, YamlValue value) {
    Style like = position == 0 ? Style.PLAIN : styleOf(list.items().get(position - 1));
    return add(list.span(), spans(list), position, FlowWriter.write(value, like, true));
  }

  List<Splice> removeItem(YamlNode.Sequence list, int position) {
    List<int[]> spans = spans(list);
    int[] item = spans.get(position);
    int comma = comma(item[1], list.span().end());
    int after = comma < 0 ? item[1] : comma + 1;
    if (lines.isFirstOnLine(item[0]) && lines.restIsBlankOrComment(after)) {
      return List.of(Splice.delete(lines.start(item[0]), lines.next(after)));
    }
    boolean last = position == spans.size() - 1;
    int start = last && position > 0 ? spans.get(position - 1)[1] : item[0];
    int end = last ? item[1] : spans.get(position + 1)[0];
    if (lines.text().substring(start, end).indexOf('\n') >= 0) {
      throw YamlRefused.at(
          list.line(), "the list item cannot be taken out safely", "take it out by hand");
    }
    return List.of(Splice.delete(start, end));
  }

  private List<Splice> add(Span brackets, List<int[]> spans, int position, String written) {
    if (position == 0) {
      return List.of(Splice.insert(brackets.start() + 1, written));
    }
    int[] before = spans.get(position - 1);
    int comma = comma(before[1], brackets.end());
    int after = comma < 0 ? before[1] : comma + 1;
    if (!lines.isFirstOnLine(before[0]) || !lines.restIsBlankOrComment(after)) {
      return List.of(Splice.insert(before[1], separator(spans, position) + written));
    }
    String indent = lines.text().substring(lines.start(before[0]), before[0]);
    if (comma >= 0) {
      return List.of(lines.addBelow(after, List.of(indent + written + ",")));
    }
    return List.of(Splice.insert(before[1], ","), lines.addBelow(after, List.of(indent + written)));
  }

  /** Returns what stands between the two entries before, where that is a comma and blanks. */
  private String separator(List<int[]> spans, int position) {
    if (position < 2) {
      return SEPARATOR;
    }
    String used = lines.text().substring(spans.get(position - 2)[1], spans.get(position - 1)[0]);
    return used.matches(", *") ? used : SEPARATOR;
  }

  /** Returns the offset of the comma that follows an entry, -1 where the bracket does. */
  private int comma(int from, int end) {
    String text = lines.text();
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c == '#') {
        i = lines.end(i);
      } else if (!Character.isWhitespace(c)) {
        return c == ',' ? i : -1;
      }
    }
    return -1;
  }

  private static List<int[]> spans(YamlNode.Sequence list) {
    return list.items().stream()
        .map(item -> new int[] {item.span().start(), item.span().end()})
        .toList();
  }

  private static Style styleOf(YamlNode node) {
    return node instanceof Scalar scalar ? scalar.style() : Style.PLAIN;
  }
}
