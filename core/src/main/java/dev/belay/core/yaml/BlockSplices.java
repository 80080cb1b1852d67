package dev.belay.core.yaml;

import dev.belay.core.yaml.YamlNode.Mapping;
import dev.belay.core.yaml.YamlNode.Scalar;
import dev.belay.core.yaml.YamlNode.Sequence;
import dev.belay.core.yaml.YamlNode.Style;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what to change in the text for an edit of a block collection or a scalar.
 *
 * @param lines the text
 * @param layout the indentation this text uses
 */
record BlockSplices(TextLines lines, BlockWriter layout) {
  private static final int WIDEST_DASH = 9;

  /** Replaces the text of a scalar, following its style where the value allows. */
  List<Splice> set(Scalar scalar, YamlScalar value, boolean flow) {
    int start = scalar.span().start();
    int end = scalar.span().end();
    String written = ScalarWriter.write(value, scalar.style(), flow);
    if (start == end) {
      return List.of(Splice.insert(start, " " + written));
    }
    if (scalar.style() != Style.BLOCK) {
      return List.of(new Splice(start, end, written));
    }
    int header = start;
    while (header < end && !Character.isWhitespace(lines.text().charAt(header))) {
      header++;
    }
    int headerEnd = lines.end(header);
    while (end > headerEnd && Character.isWhitespace(lines.text().charAt(end - 1))) {
      end--;
    }
    Splice body = Splice.delete(headerEnd, Math.max(headerEnd, end));
    return List.of(new Splice(start, header, written), body);
  }

  /** Adds a key below the last one of a block mapping. */
  Splice addKey(Mapping mapping, boolean top, String key, YamlValue value) {
    int column = mapping.entries().isEmpty() ? 0 : mapping.span().column();
    List<String> entry = BlockWriter.indented(layout.entry(key, value), column);
    return top
        ? lines.addAtEnd(mapping.span().end(), entry)
        : lines.addBelow(mapping.span().end(), entry);
  }

  /** Adds an item below the one before {@code position}. */
  Splice addItem(Sequence list, int position, YamlValue value) {
    YamlNode before = list.items().get(position - 1);
    Style like = before instanceof Scalar scalar ? scalar.style() : Style.PLAIN;
    List<String> item = layout.item(value, dash(list, before), like);
    return lines.addBelow(before.span().end(), BlockWriter.indented(item, list.span().column()));
  }

  /** Takes away the lines of one item. */
  Splice removeItem(Sequence list, int position) {
    YamlNode item = list.items().get(position);
    int start = lines.start(item.span().start());
    String before = lines.text().substring(start, item.span().start());
    if (list.items().size() == 1 || !before.matches(" *- +")) {
      throw YamlRefused.at(
          item.line(), "the list item cannot be taken out safely", "take it out by hand");
    }
    int next = lines.next(item.span().end());
    boolean last = next == lines.text().length() && !lines.text().endsWith("\n");
    return last ? Splice.delete(lines.endOfLineAbove(start), next) : Splice.delete(start, next);
  }

  /** Puts a block collection where a key of a block mapping has no value. */
  List<Splice> fill(Mapping holder, Scalar nothing, YamlValue value) {
    int shift = value instanceof YamlValue.Items ? layout.listShift() : layout.unit();
    List<String> below = BlockWriter.indented(layout.lines(value), holder.span().column() + shift);
    List<Splice> splices = new ArrayList<>();
    int start = nothing.span().start();
    while (nothing.span().end() > start && " \t".indexOf(lines.text().charAt(start - 1)) >= 0) {
      start--;
    }
    splices.add(Splice.delete(start, nothing.span().end()));
    splices.add(lines.addBelow(nothing.span().end(), below));
    return splices;
  }

  /** Returns dash and blanks as the item before has them. */
  private static String dash(Sequence list, YamlNode before) {
    int blanks = before.span().column() - list.span().column() - 1;
    boolean beside = blanks > 0 && blanks < WIDEST_DASH;
    return "-" + " ".repeat(beside ? blanks : 1);
  }
}
