package dev.belay.core.builtin.kube.incident;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads the numbers of an audit event; what is none is empty. */
final class AuditNumbers {

  private static final int MICROS = "2006-01-02T15:04:05.000000Z".length();
  private static final int SECONDS_A_DAY = 86_400;

  private AuditNumbers() {}

  static Optional<Integer> code(String text) {
    try {
      return Optional.ofNullable(text).map(Integer::valueOf);
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  /** Returns a time in any form of RFC 3339; the usual one, with six digits and Z, in no time. */
  static Optional<Instant> time(String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(usual(text) ? micros(text) : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  private static boolean usual(String text) {
    if (text.length() != MICROS) {
      return false;
    }
    for (int i = 0; i < MICROS; i++) {
      char wanted = "0000-00-00T00:00:00.000000Z".charAt(i);
      char there = text.charAt(i);
      if (wanted == '0' ? there < '0' || there > '9' : there != wanted) {
        return false;
      }
    }
    return number(text, 11, 13) < 24 && number(text, 14, 16) < 60 && number(text, 17, 19) < 60;
  }

  private static Instant micros(String text) {
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    long second = number(text, 11, 13) * 3600L + number(text, 14, 16) * 60L + number(text, 17, 19);
    return Instant.ofEpochSecond(day * SECONDS_A_DAY + second, number(text, 20, 26) * 1000L);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
