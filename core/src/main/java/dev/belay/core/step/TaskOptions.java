package dev.belay.core.step;

import dev.belay.core.remote.KnownSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a task is run, whatever its step is.
 *
 * @param attempts how often each change is tried before it has failed, at least 1
 * @param delay time between two attempts, whole seconds
 * @param timeout longest time of one attempt, whole seconds; the host then ends it with all that it
 *     has begun. Empty for the change's own, at which the connection is given up
 * @param until a command that only reads and has to succeed after the last change, or the attempt
 *     has failed; empty for none
 * @param ignoresErrors whether the tasks behind it go on when it fails
 * @param throttle how many hosts at most make its changes at once; 0 for as many as there are
 * @param place on which host it is done
 */
public record TaskOptions(
    int attempts,
    Duration delay,
    Optional<Duration> timeout,
    List<String> until,
    boolean ignoresErrors,
    int throttle,
    Place place) {

  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int MOST = 1000;
  private static final Duration LOOK = Duration.ofSeconds(60);

  /** The host counts whole seconds, and ending what has begun takes a moment. */
  private static final Duration ENDING = Duration.ofSeconds(2);

  /** One attempt, no end before the change's own, and a failure ends the host's run. */
  public static final TaskOptions NONE =
      new TaskOptions(1, Duration.ZERO, Optional.empty(), List.of(), false, 0, Place.EACH);

  /** Copies the list and checks the ranges. */
  public TaskOptions {
    until = KnownSecrets.noneIn(List.copyOf(until));
    if (attempts < 1 || attempts > MOST) {
      throw new IllegalArgumentException("attempts are from 1 to " + MOST + ", got " + attempts);
    }
    requireTime("the delay of retries", delay);
    timeout.ifPresent(time -> requireTime("a timeout", time));
    if (timeout.filter(Duration::isZero).isPresent()) {
      throw new IllegalArgumentException("a timeout is at least a second");
    }
  }

  private static void requireTime(String what, Duration time) {
    if (time.isNegative() || time.compareTo(LONGEST) > 0 || time.getNano() != 0) {
      throw new IllegalArgumentException(
          what + " is in whole seconds, up to 24 hours, got " + time);
    }
  }

  TaskOptions throttled(int hosts) {
    if (hosts < 1) {
      throw new IllegalArgumentException("a throttle lets at least one host through");
    }
    return new TaskOptions(attempts, delay, timeout, until, ignoresErrors, hosts, place);
  }

  static List<String> words(String program, String... arguments) {
    return Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
  }

  TaskOptions trying(int newAttempts, Duration newDelay) {
    return new TaskOptions(newAttempts, newDelay, timeout, until, ignoresErrors, throttle, place);
  }

  TaskOptions within(Duration newTimeout) {
    return new TaskOptions(
        attempts, delay, Optional.of(newTimeout), until, ignoresErrors, throttle, place);
  }

  TaskOptions seeing(List<String> newUntil) {
    return new TaskOptions(attempts, delay, timeout, newUntil, ignoresErrors, throttle, place);
  }

  TaskOptions ignoring() {
    return new TaskOptions(attempts, delay, timeout, until, true, throttle, place);
  }

  TaskOptions placed(Place newPlace) {
    return new TaskOptions(attempts, delay, timeout, until, ignoresErrors, throttle, newPlace);
  }

  TaskOptions once() {
    return placed(onlyOne(Place.ONCE));
  }

  TaskOptions delegatedTo(String host) {
    if (host.isBlank()) {
      throw new IllegalArgumentException("a task is delegated to a host, got no name");
    }
    return placed(onlyOne(new Place.On(host)));
  }

  private Place onlyOne(Place other) {
    if (!place.equals(Place.EACH) && place.getClass() != other.getClass()) {
      throw new IllegalArgumentException("a task runs once, or is delegated, not both");
    }
    return other;
  }

  /** Returns the other host that the task is done on; empty where it is this one. */
  public Optional<String> elsewhere() {
    if (place instanceof Place.On on) {
      return Optional.of(on.host());
    }
    return place instanceof Place.Once once && !once.here()
        ? Optional.of(once.host())
        : Optional.empty();
  }

  /**
   * Tells whether a change that leaves nothing behind when it fails does so in this task: not where
   * it may have been made although the task fails, by its look or by running out of time.
   */
  public boolean keepsChangesWhole() {
    return until.isEmpty() && timeout.isEmpty();
  }

  /** Returns the longest time of one look of {@link #until}: the timeout, else 60 seconds. */
  public Duration longestLook() {
    return timeout.orElse(LOOK);
  }

  /** Returns the longest time that all attempts of a change may take together. */
  public Duration deadline(Duration ofChange) {
    Duration made = timeout.map(ENDING::plus).orElse(ofChange);
    Duration seen = until.isEmpty() ? Duration.ZERO : longestLook().plus(ENDING);
    return made.plus(seen).multipliedBy(attempts).plus(delay.multipliedBy(attempts - 1L));
  }
}
