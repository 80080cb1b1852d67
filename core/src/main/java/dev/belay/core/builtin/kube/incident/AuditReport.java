package dev.belay.core.builtin.kube.incident;

import dev.belay.core.step.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who changed things in a namespace, as far as an audit log tells.
 *
 * @param namespace the namespace
 * @param suspects those who did, most recreations first, then most requests
 * @param lines what the lines of the log were good for
 */
public record AuditReport(String namespace, List<Suspect> suspects, Lines lines) {

  /** Copies the list. */
  public AuditReport {
    suspects = List.copyOf(suspects);
  }

  /**
   * How many of the lines that came from the host were good for what.
   *
   * @param counted requests that are in the report
   * @param system requests of controllers and nodes; most of these a host leaves out
   * @param failed requests that were forbidden or failed
   * @param unknownOutcome requests of which the log does not say how they ended
   * @param unreadable lines that are no events
   */
  public record Lines(
      long counted, long system, long failed, long unknownOutcome, long unreadable) {

    Lines plus(Lines other) {
      return new Lines(
          counted + other.counted,
          system + other.system,
          failed + other.failed,
          unknownOutcome + other.unknownOutcome,
          unreadable + other.unreadable);
    }
  }

  /** Returns the report on a log from those on its parts, oldest first. Pure. */
  static AuditReport of(AuditSearch search, List<AuditReport> parts) {
    AuditTally all = new AuditTally(search);
    parts.forEach(all::add);
    return all.report();
  }

  /**
   * Returns who is responsible: the first of the suspects, unless the second did just as much.
   *
   * <p>Somebody who recreates objects stands before somebody who only creates or only deletes some.
   */
  public Optional<Suspect> culprit() {
    if (suspects.isEmpty()
        || suspects.size() > 1 && equallyBusy(suspects.get(0), suspects.get(1))) {
      return Optional.empty();
    }
    return Optional.of(suspects.get(0));
  }

  /** Returns the suspects as a table. */
  public Finding finding() {
    return new Finding(
        "who changed things in " + namespace,
        List.of(
            "actor",
            "role",
            "binding",
            "requests",
            "recreated",
            "first",
            "last",
            "most",
            "evidence"),
        suspects.stream().map(AuditReport::row).toList());
  }

  private static List<String> row(Suspect suspect) {
    Suspect.Activity activity = suspect.activity();
    return List.of(
        suspect.actor(),
        suspect.grant().roleName(),
        suspect.grant().bindingName(),
        Long.toString(activity.requests()),
        Long.toString(activity.recreations()),
        activity.first().map(Instant::toString).orElse(Grant.UNKNOWN),
        activity.last().map(Instant::toString).orElse(Grant.UNKNOWN),
        suspect.objects().stream()
            .limit(1)
            .map(object -> object.resource() + "/" + object.name())
            .collect(Collectors.joining()),
        String.join("; ", suspect.evidence()));
  }

  private static boolean equallyBusy(Suspect one, Suspect other) {
    return one.activity().recreations() == other.activity().recreations()
        && one.activity().requests() == other.activity().requests();
  }
}
