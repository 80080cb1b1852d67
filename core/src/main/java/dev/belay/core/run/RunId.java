package dev.belay.core.run;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Makes names of runs: UTC time to the second and four random hex digits; they sort by age. */
final class RunId {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunId() {}

  static String next(Instant now) {
    return TIME.format(now) + String.format("-%04x", RANDOM.nextInt(0x10000));
  }
}
