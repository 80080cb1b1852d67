package dev.belay.core.builtin.log;

import dev.belay.core.step.StepRefusedException;

/** One line of names with commas between them, for programs that cut at commas. */
public final class ReportLine {

  private ReportLine() {}

  /**
   * Returns the names with commas between them and a line end.
   *
   * @param wanted what needs the line, for the error
   * @throws StepRefusedException when a name holds what would make the line say something else: a
   *     comma, a quote, a blank at an end, or anything that is no visible character
   */
  public static String of(String wanted, String... names) {
    for (String name : names) {
      if (!plain(name)) {
        throw new StepRefusedException(
            wanted,
            "a name found would make the file say something else: " + shown(name),
            "look at the report, and write the file by hand if a program has to read it");
      }
    }
    return String.join(",", names) + "\n";
  }

  private static boolean plain(String name) {
    return !name.isBlank()
        && name.equals(name.strip())
        && name.codePoints().noneMatch(c -> c == ',' || c == '"' || !visible(c));
  }

  private static boolean visible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String shown(String name) {
    StringBuilder shown = new StringBuilder("\"");
    name.codePoints()
        .limit(200)
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                shown.append('\\').appendCodePoint(c);
              } else if (visible(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append(String.format("\\u%04x", c));
              }
            });
    return shown.append('"').toString();
  }
}
