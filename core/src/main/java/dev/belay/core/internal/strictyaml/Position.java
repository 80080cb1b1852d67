package dev.belay.core.internal.strictyaml;

import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1, counted in characters (code points), a tab being one
 */
public record Position(int line, int column) {

  /** The start of the text. */
  public static final Position START = new Position(1, 1);

  /** Returns where a node starts. */
  public static Position of(Node node) {
    return of(node.getStartMark());
  }

  /** Returns the place of a parser's mark, the start of the text where there is none. */
  static Position of(Mark mark) {
    return Optional.ofNullable(mark)
        .map(known -> new Position(known.getLine() + 1, known.getColumn() + 1))
        .orElse(START);
  }

  /** Returns such as {@code line 3, column 5}. */
  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
