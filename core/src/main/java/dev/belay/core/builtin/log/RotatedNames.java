package dev.belay.core.builtin.log;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that rotation gives to a log: those of lumberjack, which the API server rotates with
 * ({@code audit-2006-01-02T15-04-05.000.log}, times in UTC), and those of logrotate ({@code
 * audit.log.1}, {@code audit.log-20060102}, {@code audit-20060102.log}), each also with {@code
 * .gz}.
 */
final class RotatedNames {

  private record Place(int kind, String key) {}

  private static final String DAY = "-(\\d{8}(?:[-_.]?\\d{1,10})?)";
  private static final String GZ = "(?:\\.gz)?";

  private final String log;
  private final Pattern lumberjack;
  private final Pattern dated;
  private final Pattern numbered;

  private RotatedNames(String log) {
    int dot = log.lastIndexOf('.');
    String stem = Pattern.quote(dot < 0 ? log : log.substring(0, dot));
    String extension = Pattern.quote(dot < 0 ? "" : log.substring(dot));
    String whole = Pattern.quote(log);
    this.log = log;
    lumberjack =
        Pattern.compile(
            stem + "-(\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3})" + extension + GZ);
    dated = Pattern.compile("(?:" + whole + DAY + "|" + stem + DAY + extension + ")" + GZ);
    numbered = Pattern.compile(whole + "\\.(\\d{1,9})" + GZ);
  }

  static RotatedNames of(String log) {
    return new RotatedNames(log);
  }

  static boolean gzip(String name) {
    return name.endsWith(".gz");
  }

  /**
   * Returns those of the names that belong to the log, oldest first. A compressed file beside the
   * same one not compressed is being made just now, and left out.
   */
  List<String> inOrder(Collection<String> names) {
    return names.stream()
        .filter(name -> place(name).isPresent())
        .filter(
            name ->
                !gzip(name) || !names.contains(name.substring(0, name.length() - ".gz".length())))
        .sorted(
            Comparator.comparing(
                name -> place(name).orElseThrow(),
                Comparator.comparingInt(Place::kind).thenComparing(Place::key)))
        .toList();
  }

  private Optional<Place> place(String name) {
    if (name.equals(log)) {
      return Optional.of(new Place(3, ""));
    }
    Matcher number = numbered.matcher(name);
    if (number.matches()) {
      int age = Integer.parseInt(number.group(1));
      return Optional.of(new Place(2, String.format("%010d", Integer.MAX_VALUE - age)));
    }
    Matcher day = dated.matcher(name);
    if (day.matches()) {
      return Optional.of(new Place(1, day.group(1) == null ? day.group(2) : day.group(1)));
    }
    Matcher stamp = lumberjack.matcher(name);
    return stamp.matches() ? Optional.of(new Place(0, stamp.group(1))) : Optional.empty();
  }
}
