package dev.belay.core.builtin.kube.incident;

import dev.belay.core.builtin.kube.incident.Suspect.ObjectCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one suspect did, as it adds up. Not thread-safe. */
final class Suspicion {

  /** Names that are told apart; the rest is counted together, as objects without a name. */
  private static final int OBJECTS = 300;

  private static final int PEOPLE = 20;

  private static final Comparator<ObjectCount> MOST =
      Comparator.<ObjectCount>comparingLong(count -> -count.recreated())
          .thenComparingLong(count -> -count.requests())
          .thenComparing(ObjectCount::resource)
          .thenComparing(ObjectCount::name);

  /** How often each object was created, deleted and altered otherwise: by resource and name. */
  private final Map<String, Map<String, long[]>> objects = new LinkedHashMap<>();

  private final Set<String> behind = new TreeSet<>();
  private final Evidence evidence = new Evidence();
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();
  private long requests;
  private int named;

  void add(AuditEvent event) {
    requests++;
    period(event.outcome().time(), event.outcome().time());
    event.who().impersonated().ifPresent(as -> behind(event.who().user()));
    long[] counts = counts(event.object().resource(), event.object().name());
    counts[kind(event.verb())]++;
    evidence.add(event);
  }

  void add(Suspect later) {
    requests += later.activity().requests();
    period(later.activity().first(), later.activity().last());
    later.activity().behind().forEach(this::behind);
    for (ObjectCount count : later.objects()) {
      long[] counts = counts(count.resource(), count.name());
      counts[0] += count.created();
      counts[1] += count.deleted();
      counts[2] += count.other();
    }
    later.evidence().forEach(evidence::add);
  }

  private static int kind(String verb) {
    return switch (verb) {
      case "create" -> 0;
      case "delete" -> 1;
      default -> 2;
    };
  }

  private void behind(String user) {
    if (behind.size() < PEOPLE) {
      behind.add(user);
    }
  }

  private long[] counts(String resource, String name) {
    Map<String, long[]> names = objects.computeIfAbsent(resource, any -> new LinkedHashMap<>());
    long[] known = names.get(name);
    if (known == null) {
      known = names.computeIfAbsent(named < OBJECTS ? name : "", any -> new long[3]);
      named++;
    }
    return known;
  }

  /** The lines of a log are in the order of writing, not of time. */
  private void period(Optional<Instant> from, Optional<Instant> to) {
    first = from.filter(time -> first.isEmpty() || time.isBefore(first.get())).or(() -> first);
    last = to.filter(time -> last.isEmpty() || time.isAfter(last.get())).or(() -> last);
  }

  Suspect of(String actor, Grant grant) {
    List<ObjectCount> counts = new ArrayList<>();
    objects.forEach(
        (resource, names) ->
            names.forEach(
                (name, n) -> counts.add(new ObjectCount(resource, name, n[0], n[1], n[2]))));
    counts.sort(MOST);
    // without a name nobody knows whether what was created is what was deleted
    long recreations =
        counts.stream()
            .filter(count -> !count.name().isEmpty())
            .mapToLong(ObjectCount::recreated)
            .sum();
    return new Suspect(
        actor,
        grant,
        new Suspect.Activity(requests, recreations, first, last, List.copyOf(behind)),
        counts,
        evidence.lines());
  }
}
