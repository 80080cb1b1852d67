package dev.belay.core.builtin.log;

import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.util.OptionalLong;

/**
 * The lines of one file of a log that begin between two offsets.
 *
 * @param file where it lay when the log was listed
 * @param inode which file it is, by whatever name a rotation gives it
 * @param from first byte
 * @param to byte after the last; empty for all that is there
 * @param gzip whether it is compressed; then it is read as a whole
 */
public record LogPart(RemotePath file, long inode, long from, OptionalLong to, boolean gzip) {

  /**
   * The most bytes that a part may send. A log that is all matter stays far below it as long as the
   * host has gzip, which makes a tenth of it.
   */
  static final int ANSWER_LIMIT = 24 << 20;

  /** Returns shell text that prints those of its lines that may matter, filtered on the host. */
  public String question(LogFilter filter) {
    return LogShell.FUNCTIONS
        + filter.function()
        + "b_log_part "
        + Sh.quote(file)
        + " "
        + inode
        + " "
        + from
        + " "
        + (to.isPresent() ? to.getAsLong() : "''")
        + (gzip ? " gzip " : " plain ")
        + ANSWER_LIMIT;
  }

  @Override
  public String toString() {
    return to.isPresent() || from > 0
        ? file + " from byte " + from + (to.isPresent() ? " to " + to.getAsLong() : "")
        : file.value();
  }
}
