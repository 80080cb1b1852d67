package dev.belay.core.report;

/**
 * How the console report looks.
 *
 * @param diffs whether differences are shown; else one summary line for each change
 * @param colour whether it is coloured, see {@link Colour#on}
 * @param columns width of the terminal, at which prose is broken; 0 for a pipe or file, where
 *     nothing is broken
 */
public record ConsoleLook(boolean diffs, boolean colour, int columns) {

  /** No diffs, no colours, no line breaks. */
  public static final ConsoleLook PLAIN = new ConsoleLook(false, false, 0);

  /** Checks the range. */
  public ConsoleLook {
    if (columns < 0) {
      throw new IllegalArgumentException("columns must be at least 0, got " + columns);
    }
  }

  /** Returns the look with differences shown. */
  public ConsoleLook withDiffs() {
    return new ConsoleLook(true, colour, columns);
  }

  /** Returns the look with colours. */
  public ConsoleLook withColour() {
    return new ConsoleLook(diffs, true, columns);
  }

  /** Returns the look for a terminal of this width. */
  public ConsoleLook withColumns(int width) {
    return new ConsoleLook(diffs, colour, width);
  }
}
