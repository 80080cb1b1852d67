package dev.belay.core.report;

/** The colours of the console report; a word or a sign always says the same as the colour. */
enum Ink {
  PLAIN(""),
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BOLD_YELLOW("1;33"),
  MAGENTA("35"),
  CYAN("36"),
  BOLD_RED("1;31"),
  BRIGHT_RED("1;91"),
  BRIGHT_MAGENTA("95");

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  /** Returns the text between the escape sequences of this colour, or as it is. */
  String on(String text, boolean colour) {
    return !colour || code.isEmpty() || text.isEmpty()
        ? text
        : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
