package dev.belay.core.builtin.kube.remedy;

import dev.belay.core.fact.object.ObjectContent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/** Compares when an object was made with what a log tells. Pure. */
final class Times {

  /** Falco writes offsets without a colon. */
  private static final DateTimeFormatter FALCO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(java.util.Locale.ROOT);

  private Times() {}

  /** Tells whether the object is known to be younger than all that the log tells. */
  static boolean madeAfter(ObjectContent live, Optional<Instant> last) {
    Optional<Instant> made = read(live.text("metadata", "creationTimestamp"));
    return made.isPresent() && last.isPresent() && made.get().isAfter(last.get());
  }

  /** Returns the instant that a text tells; empty where it lacks the date, as Falco's usual one. */
  static Optional<Instant> read(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text, FALCO).toInstant());
    } catch (DateTimeException noInstant) {
      return Optional.empty();
    }
  }
}
