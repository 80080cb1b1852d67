package dev.belay.core.builtin.falco.rules;

/**
 * One reason to refuse rules.
 *
 * @param text what is wrong, with the item that it is about
 * @param advice what to do
 * @param line line of the file from 1; 0 when the rules were not read from a file
 * @param column column of the file from 1; 0 when the rules were not read from a file
 */
public record RulesProblem(String text, String advice, int line, int column) {

  /** Returns place, text and advice on two lines. */
  @Override
  public String toString() {
    String place = line == 0 ? "" : "line " + line + ", column " + column + ": ";
    return place + text + "\n    do: " + advice;
  }
}
