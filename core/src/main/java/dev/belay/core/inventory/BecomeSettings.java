package dev.belay.core.inventory;

import dev.belay.core.remote.BecomeMethod;
import dev.belay.core.remote.Secret;
import java.util.Optional;

/**
 * What the inventory says about becoming another user on a host.
 *
 * @param enabled {@code ansible_become}; empty where the inventory leaves it to the play
 * @param user {@code ansible_become_user}; empty for root
 * @param password the password that the program asks for; empty where it asks for none
 * @param method {@code ansible_become_method}; empty for sudo
 */
public record BecomeSettings(
    Optional<Boolean> enabled,
    Optional<String> user,
    Optional<Secret> password,
    Optional<BecomeMethod> method) {

  /** The inventory says nothing. */
  public static final BecomeSettings UNSET =
      new BecomeSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Tells whether to become another user, where the play says {@code byPlay}. */
  public boolean isEnabled(boolean byPlay) {
    return enabled.orElse(byPlay);
  }
}
