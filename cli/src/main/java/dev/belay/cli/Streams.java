package dev.belay.cli;

import java.io.PrintStream;

/**
 * Where text goes.
 *
 * @param out the report
 * @param err complaints and questions
 * @param terminal the person at the terminal, who can be asked
 */
record Streams(PrintStream out, PrintStream err, Terminal terminal) {

  /**
   * Covers secrets in complaints and in the stack traces of {@code -v}; events are covered before.
   */
  Streams {
    err = MaskedStream.over(err);
  }

  static Streams ofProcess() {
    return new Streams(System.out, System.err, Terminal.ofProcess());
  }
}
