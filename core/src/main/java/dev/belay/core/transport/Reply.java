package dev.belay.core.transport;

import java.nio.charset.StandardCharsets;

/**
 * What one request gave.
 *
 * @param exit exit status of the script, or {@link #SKIPPED}
 * @param out standard output, byte for byte
 * @param err standard error as text, without trailing newlines
 */
public record Reply(int exit, byte[] out, String err) {

  /** The status of a request that was skipped because an earlier one failed. */
  public static final int SKIPPED = -1;

  /** The status of a mark that ends a note, not an answer. */
  static final int NOTE = -2;

  /** Tells whether the script ran and ended with status 0. */
  public boolean ok() {
    return exit == 0;
  }

  /** Tells whether the script was not run at all. */
  public boolean skipped() {
    return exit == SKIPPED;
  }

  /** Returns standard output as text. */
  public String text() {
    return new String(out, StandardCharsets.UTF_8);
  }
}
