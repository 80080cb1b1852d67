package dev.belay.core.inventory;

/**
 * Something in an inventory that is read and has no effect.
 *
 * @param source the file's name
 * @param line from 1
 * @param column from 1
 * @param text what is there and why it has no effect
 * @param advice what to do
 */
public record InventoryWarning(String source, int line, int column, String text, String advice) {

  /** Returns place, text and advice in one line. */
  @Override
  public String toString() {
    return source + ", line " + line + ", column " + column + ": " + text + "; " + advice;
  }
}
