package dev.belay.core.builtin.falco;

import dev.belay.core.builtin.falco.FalcoReport.Compromised;
import dev.belay.core.builtin.falco.FalcoReport.Unmapped;
import dev.belay.core.builtin.log.LogAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Adds alerts up, in memory that does not grow with their number. Not thread-safe. */
final class FalcoTally implements LogAnswer.LineReader {

  /** Containers and pods that are told apart in one part of a log. */
  private static final int PLACES = 2000;

  private final Wanted wanted;
  private final Map<PodRef, Alerts> pods = new TreeMap<>();
  private final Map<String, Unmapped> unknown = new TreeMap<>();
  private long counted;
  private long onHost;
  private long undecided;
  private long other;

  FalcoTally(Wanted wanted) {
    this.wanted = wanted;
  }

  /** A line without an end is in the writing: half a name would be another one. */
  @Override
  public void line(byte[] buffer, int from, int length, boolean ended) {
    if (!ended || length == 0) {
      return;
    }
    Optional<FalcoEvent> event = FalcoLine.parse(buffer, from, length);
    if (event.isPresent()) {
      add(event.get());
    } else {
      other++;
    }
  }

  @Override
  public void tooLong() {
    other++;
  }

  void add(FalcoEvent event) {
    Optional<Boolean> looked = wanted.is(event);
    if (looked.isEmpty()) {
      undecided++;
    } else if (looked.get()) {
      count(event);
    }
  }

  private void count(FalcoEvent event) {
    if (event.place() instanceof Place.Pod pod) {
      counted++;
      if (pods.size() < PLACES || pods.containsKey(pod.ref())) {
        pods.merge(pod.ref(), Alerts.of(event), Alerts::then);
      } else {
        lost(new Place.Unknown("", ""), event);
      }
    } else if (event.place() instanceof Place.Unknown place) {
      counted++;
      lost(place, event);
    } else {
      onHost++;
    }
  }

  private void lost(Place.Unknown place, FalcoEvent event) {
    boolean room = unknown.size() < PLACES || unknown.containsKey(place.container());
    String id = room ? place.container() : "";
    unknown.merge(
        id,
        new Unmapped(id, room ? place.name() : "", Alerts.of(event)),
        (one, later) -> new Unmapped(id, one.name(), one.alerts().then(later.alerts())));
  }

  FalcoReport report() {
    return new FalcoReport(
        pods.entrySet().stream().map(e -> new Compromised(e.getKey(), e.getValue())).toList(),
        unknown.values().stream().toList(),
        new FalcoReport.Lines(counted, onHost, undecided, other));
  }
}
