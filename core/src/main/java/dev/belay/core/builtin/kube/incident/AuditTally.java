package dev.belay.core.builtin.kube.incident;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds events up, in memory that does not grow with their number. Not thread-safe.
 *
 * <p>A request stands in the log once for each of its stages; it is counted by the stage that ends
 * it. Its auditID does not tell requests apart: clients may choose it, by the header Audit-ID.
 */
final class AuditTally {

  /** The stage by which a request is counted. */
  static final String COUNTED_STAGE = "ResponseComplete";

  /** Users by grants that are told apart; nobody has met as many in one namespace. */
  private static final int SUSPECTS = 500;

  private record Key(String actor, Grant grant) {}

  private static final Comparator<Suspect> BUSIEST =
      Comparator.<Suspect>comparingLong(suspect -> -suspect.activity().recreations())
          .thenComparingLong(suspect -> -suspect.activity().requests())
          .thenComparing(Suspect::actor)
          .thenComparing(suspect -> suspect.grant().bindingName());

  private final AuditSearch search;
  private final Map<Key, Suspicion> suspicions = new LinkedHashMap<>();
  private String lastActor;
  private Grant lastGrant;
  private Suspicion lastSuspicion;
  private AuditReport.Lines lines = new AuditReport.Lines(0, 0, 0, 0, 0);
  private long counted;
  private long system;
  private long failed;
  private long unknownOutcome;
  private long unreadable;

  AuditTally(AuditSearch search) {
    this.search = search;
  }

  /** Notes a line that is no event. */
  void addUnreadable() {
    unreadable++;
  }

  /** Notes an event; what is not looked for is passed over. */
  void add(AuditEvent event) {
    if (!event.stage().equals(COUNTED_STAGE) || !search.asksFor(event)) {
      return;
    }
    if (SystemActors.isSystem(event.who())) {
      system++; // however it ended; the host may leave these lines out
    } else if (event.outcome().succeeded().isEmpty()) {
      unknownOutcome++;
    } else if (!event.outcome().succeeded().get()) {
      failed++;
    } else {
      counted++;
      String actor = event.who().actor().isEmpty() ? Grant.UNKNOWN : event.who().actor();
      suspicion(actor, event.outcome().grant()).add(event);
    }
  }

  /** The same actor comes thousands of times in a row, by the same grant. */
  private Suspicion suspicion(String actor, Grant grant) {
    if (!grant.equals(lastGrant) || !actor.equals(lastActor)) {
      lastSuspicion = suspicion(new Key(actor, grant));
      lastActor = actor;
      lastGrant = grant;
    }
    return lastSuspicion;
  }

  /** Adds what was found in another part of the log, later than all before. */
  void add(AuditReport later) {
    lines = lines.plus(later.lines());
    for (Suspect suspect : later.suspects()) {
      suspicion(new Key(suspect.actor(), suspect.grant())).add(suspect);
    }
  }

  private Suspicion suspicion(Key key) {
    Suspicion known = suspicions.get(key);
    if (known == null) {
      Key kept =
          suspicions.size() < SUSPECTS
              ? key
              : new Key(Grant.UNKNOWN, new Grant.Unknown("there are too many users to tell apart"));
      known = suspicions.computeIfAbsent(kept, any -> new Suspicion());
    }
    return known;
  }

  AuditReport report() {
    List<Suspect> suspects =
        suspicions.entrySet().stream()
            .map(entry -> entry.getValue().of(entry.getKey().actor(), entry.getKey().grant()))
            .sorted(BUSIEST)
            .toList();
    return new AuditReport(
        search.namespace(),
        suspects,
        lines.plus(new AuditReport.Lines(counted, system, failed, unknownOutcome, unreadable)));
  }
}
