package dev.belay.core.remote;

import java.util.Objects;

/**
 * A value that must never be printed: it has no text form but a mask, and from its making on it is
 * looked for in all that leaves this process, see {@link KnownSecrets}.
 */
public final class Secret {

  /** What is shown in place of a secret. */
  public static final String MASK = "********";

  private final String value;

  private Secret(String value) {
    this.value = Objects.requireNonNull(value, "secret");
    KnownSecrets.add(value);
  }

  /** Wraps a value as a secret. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** Returns the value itself; call it only where the value leaves for its one destination. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
