package dev.belay.core.transport;

import dev.belay.core.remote.BecomeMethod;
import dev.belay.core.remote.Secret;
import java.util.Optional;

/**
 * Becoming another user.
 *
 * @param user whom to become, such as {@code root}
 * @param password what the program asks for: sudo the login user's password, su that of the user
 *     one becomes; empty when it asks for none
 * @param method the program
 */
public record Become(String user, Optional<Secret> password, BecomeMethod method) {

  /** Becoming root by sudo without a password. */
  public static final Become ROOT = new Become("root", Optional.empty());

  /** Becoming a user by sudo. */
  public Become(String user, Optional<Secret> password) {
    this(user, password, BecomeMethod.SUDO);
  }
}
