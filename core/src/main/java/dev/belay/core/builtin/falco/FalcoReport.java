package dev.belay.core.builtin.falco;

import dev.belay.core.step.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The pods about which Falco raised alerts of a kind.
 *
 * @param pods those that are known, in order of their names
 * @param unknown containers with such alerts whose pods nobody knows, in order of their ids
 * @param lines what the lines of the log were good for
 */
public record FalcoReport(List<Compromised> pods, List<Unmapped> unknown, Lines lines) {

  /** Copies the lists. */
  public FalcoReport {
    pods = List.copyOf(pods);
    unknown = List.copyOf(unknown);
  }

  /**
   * A pod with alerts.
   *
   * @param pod which
   * @param alerts how many, and when
   */
  public record Compromised(PodRef pod, Alerts alerts) {}

  /**
   * A container with alerts, whose pod is not known.
   *
   * @param container the first digits of its id; empty when no alert tells that
   * @param name of the container; may be empty
   * @param alerts how many, and when
   */
  public record Unmapped(String container, String name, Alerts alerts) {}

  /**
   * How many of the lines that came from the host were good for what.
   *
   * @param counted alerts in the report
   * @param onHost such alerts about the host itself
   * @param undecided alerts of which their lines do not tell whether they are looked for
   * @param other lines that are no alerts
   */
  public record Lines(long counted, long onHost, long undecided, long other) {

    Lines plus(Lines more) {
      return new Lines(
          counted + more.counted,
          onHost + more.onHost,
          undecided + more.undecided,
          other + more.other);
    }
  }

  /** Returns the report on a log from those on its parts, oldest first. Pure. */
  static FalcoReport of(List<FalcoReport> parts) {
    TreeMap<PodRef, Alerts> pods = new TreeMap<>();
    TreeMap<String, Unmapped> unknown = new TreeMap<>();
    Lines lines = new Lines(0, 0, 0, 0);
    for (FalcoReport part : parts) {
      lines = lines.plus(part.lines());
      part.pods().forEach(one -> pods.merge(one.pod(), one.alerts(), Alerts::then));
      part.unknown().forEach(one -> unknown.merge(one.container(), one, FalcoReport::both));
    }
    return new FalcoReport(
        pods.entrySet().stream().map(e -> new Compromised(e.getKey(), e.getValue())).toList(),
        List.copyOf(unknown.values()),
        lines);
  }

  /** Returns the pods, and the containers without one, as a table. */
  public Finding finding() {
    List<List<String>> rows = new ArrayList<>();
    pods.forEach(one -> rows.add(row(one.pod().namespace(), one.pod().name(), "", one.alerts())));
    unknown.forEach(
        one ->
            rows.add(row("unknown", "unknown", one.container() + " " + one.name(), one.alerts())));
    return new Finding(
        "pods with such alerts",
        List.of("namespace", "pod", "container", "alerts", "first", "last", "evidence"),
        rows);
  }

  private static List<String> row(String namespace, String pod, String container, Alerts alerts) {
    return List.of(
        namespace,
        pod,
        container.strip(),
        Long.toString(alerts.count()),
        alerts.first(),
        alerts.last(),
        String.join("; ", alerts.evidence()));
  }

  private static Unmapped both(Unmapped one, Unmapped later) {
    return new Unmapped(one.container(), one.name(), one.alerts().then(later.alerts()));
  }

  /**
   * Returns the report with the pods of those containers that others know.
   *
   * @param known pods by whole container ids
   */
  FalcoReport resolved(Map<String, PodRef> known) {
    List<FalcoReport> all = new ArrayList<>();
    all.add(new FalcoReport(pods, List.of(), lines));
    for (Unmapped one : unknown) {
      Set<PodRef> candidates =
          known.entrySet().stream()
              .filter(entry -> !one.container().isEmpty())
              .filter(entry -> entry.getKey().startsWith(one.container()))
              .map(Map.Entry::getValue)
              .collect(Collectors.toSet());
      boolean clear = candidates.size() == 1;
      all.add(
          new FalcoReport(
              clear
                  ? List.of(new Compromised(candidates.iterator().next(), one.alerts()))
                  : List.of(),
              clear ? List.of() : List.of(one),
              new Lines(0, 0, 0, 0)));
    }
    return of(all);
  }
}
