package dev.belay.core.fact;

import java.util.List;

/**
 * How a command ended and what it printed.
 *
 * @param exit exit status
 * @param out standard output, bytes that are no UTF-8 replaced
 * @param err standard error
 */
public record CommandOutput(int exit, String out, String err) {

  /** Tells whether it ended with status 0. */
  public boolean ok() {
    return exit == 0;
  }

  /** Returns standard output without blanks and line ends around it. */
  public String text() {
    return out.strip();
  }

  /** Returns the lines of standard output. */
  public List<String> lines() {
    return out.lines().toList();
  }
}
