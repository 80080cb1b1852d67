package dev.belay.core.builtin.kube.incident;

import dev.belay.core.builtin.log.LogAnswer;
import java.util.Optional;

/** Adds up the lines of an audit log. Not thread-safe. */
final class AuditLines implements LogAnswer.LineReader {

  private final AuditLine reader = new AuditLine();
  private final AuditTally tally;

  AuditLines(AuditTally tally) {
    this.tally = tally;
  }

  @Override
  public void line(byte[] buffer, int from, int length, boolean ended) {
    Optional<AuditEvent> event = reader.parse(buffer, from, length);
    if (event.isPresent()) {
      tally.add(event.get());
    } else if (ended && length > 0) {
      tally.addUnreadable(); // the last line may be in the writing
    }
  }

  @Override
  public void tooLong() {
    tally.addUnreadable();
  }
}
