package dev.belay.core.builtin.falco;

import java.util.List;
import java.util.stream.Stream;

/**
 * How many alerts, and when.
 *
 * @param count how many
 * @param first time of the first in the log, as printed there
 * @param last time of the last in the log
 * @param evidence the texts of the first two and the last one
 */
public record Alerts(long count, String first, String last, List<String> evidence) {

  private static final int SHOWN = 3;
  private static final int LENGTH = 1000;

  /** Copies the list. */
  public Alerts {
    evidence = List.copyOf(evidence);
  }

  /** Returns one alert. */
  static Alerts of(FalcoEvent event) {
    String text = event.output();
    String shown = text.length() > LENGTH ? text.substring(0, LENGTH) + "…" : text;
    return new Alerts(1, event.time(), event.time(), List.of(event.time() + ": " + shown));
  }

  /** Returns these alerts and later ones. */
  Alerts then(Alerts later) {
    List<String> all = Stream.concat(evidence.stream(), later.evidence.stream()).toList();
    List<String> some =
        all.size() <= SHOWN ? all : List.of(all.get(0), all.get(1), all.get(all.size() - 1));
    return new Alerts(count + later.count, first, later.last, some);
  }
}
