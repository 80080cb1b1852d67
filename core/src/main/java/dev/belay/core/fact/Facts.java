package dev.belay.core.fact;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What is known of one host: answers as read, overlaid by what planned changes will do. Immutable.
 */
public final class Facts {

  /** Knows nothing. */
  public static final Facts NONE = new Facts(Map.of());

  private sealed interface Entry permits Known, Unknown, Failed {}

  private record Known(Object value) implements Entry {}

  private record Unknown(String reason) implements Entry {}

  private record Failed(FailedFactException failure) implements Entry {}

  private final Map<Fact<?>, Entry> entries;

  private Facts(Map<Fact<?>, Entry> entries) {
    this.entries = entries;
  }

  /**
   * Returns the value of a fact.
   *
   * @throws UnknownFactException when it is not known yet, with the reason
   * @throws FailedFactException when asking failed
   * @throws IllegalStateException when it was never asked: the step forgot to name it
   */
  @SuppressWarnings("unchecked")
  public <T> T get(Fact<T> fact) {
    Entry entry = entries.get(fact);
    if (entry instanceof Known known) {
      return (T) known.value();
    }
    if (entry instanceof Unknown unknown) {
      throw new UnknownFactException(unknown.reason());
    }
    if (entry instanceof Failed failed) {
      throw failed.failure();
    }
    throw new IllegalStateException(
        fact + " was not asked: name it in reads() or followUps() of the step that needs it");
  }

  /** Tells whether the fact was asked or planned, be it known or not. */
  public boolean has(Fact<?> fact) {
    return entries.containsKey(fact);
  }

  /** Tells whether the fact has a known value. */
  public boolean knows(Fact<?> fact) {
    return entries.get(fact) instanceof Known;
  }

  /** Returns these facts with one value set. */
  public <T> Facts with(Fact<T> fact, T value) {
    return put(fact, new Known(value));
  }

  /** Returns these facts with one marked as unknown, for a reason. */
  public Facts without(Fact<?> fact, String reason) {
    return put(fact, new Unknown(reason));
  }

  /** Returns these facts with the answer read, or with the reason why it could not be. */
  public <T> Facts answered(Fact<T> fact, Answer answer) {
    try {
      return with(fact, fact.parse(answer));
    } catch (UnknownFactException unknown) {
      return without(fact, unknown.getMessage());
    } catch (FailedFactException failed) {
      return put(fact, new Failed(failed));
    } catch (IllegalArgumentException | IndexOutOfBoundsException garbled) {
      return put(fact, new Failed(unreadable(fact, answer)));
    }
  }

  private static FailedFactException unreadable(Fact<?> fact, Answer answer) {
    String said = answer.err().isBlank() ? "" : ", and said: " + answer.err();
    return new FailedFactException(
        "the host gave an answer about " + fact + " that cannot be read" + said,
        "see whether a program of coreutils on the host is missing or was replaced by another");
  }

  /**
   * Returns these facts with some of those marked as unknown that are known, or that could not be
   * asked.
   *
   * @param doubted tells of a fact and its value whether it can no longer be relied on; the value
   *     is null where asking failed
   * @param reason why they are unknown from here on; the fact's name is put before it
   */
  public Facts doubting(BiPredicate<Fact<?>, Object> doubted, String reason) {
    Map<Fact<?>, Entry> copy = new LinkedHashMap<>(entries);
    copy.replaceAll(
        (fact, entry) -> {
          Object value = entry instanceof Known known ? known.value() : null;
          return !(entry instanceof Unknown) && doubted.test(fact, value)
              ? new Unknown(fact + ": " + reason)
              : entry;
        });
    return new Facts(copy);
  }

  /** Returns these facts without those of a kind, as if they had never been asked. */
  public Facts forgetting(Predicate<Fact<?>> kind) {
    Map<Fact<?>, Entry> copy = new LinkedHashMap<>(entries);
    copy.keySet().removeIf(kind);
    return new Facts(copy);
  }

  /** Returns the facts of one kind that are known, with their values. */
  @SuppressWarnings("unchecked")
  public <T, F extends Fact<T>> Map<F, T> known(Class<F> kind) {
    Map<F, T> found = new LinkedHashMap<>();
    entries.forEach(
        (fact, entry) -> {
          if (kind.isInstance(fact) && entry instanceof Known known) {
            found.put(kind.cast(fact), (T) known.value());
          }
        });
    return found;
  }

  /** Returns the facts of one kind that were asked or planned, known or not. */
  public <F extends Fact<?>> List<F> asked(Class<F> kind) {
    return entries.keySet().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Returns these facts with all marked as unknown that are others in {@code later}. */
  public Facts doubtingWhatDiffers(Facts later, String reason) {
    return later.doubting(
        (fact, value) -> !later.entries.get(fact).equals(entries.get(fact)), reason);
  }

  /** Tells whether a fact is the same here as in {@code other}: known alike, unknown or failed. */
  public boolean agrees(Facts other, Fact<?> fact) {
    return Objects.equals(entries.get(fact), other.entries.get(fact));
  }

  /** Returns these facts with those of {@code newer} laid over them. */
  public Facts overlaidBy(Facts newer) {
    Map<Fact<?>, Entry> copy = new LinkedHashMap<>(entries);
    copy.putAll(newer.entries);
    return new Facts(copy);
  }

  private Facts put(Fact<?> fact, Entry entry) {
    Map<Fact<?>, Entry> copy = new LinkedHashMap<>(entries);
    copy.put(fact, entry);
    return new Facts(copy);
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
