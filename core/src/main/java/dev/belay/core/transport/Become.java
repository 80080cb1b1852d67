package dev.belay.core.transport;

import dev.belay.core.remote.Secret;
import java.util.Optional;

/**
 * Becoming another user by {@code sudo}.
 *
 * @param user whom to become, such as {@code root}
 * @param password the login user's password for sudo; empty when sudo asks for none
 */
public record Become(String user, Optional<Secret> password) {

  /** Becoming root without a password. */
  public static final Become ROOT = new Become("root", Optional.empty());
}
