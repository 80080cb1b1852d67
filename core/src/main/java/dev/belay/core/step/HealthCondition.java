package dev.belay.core.step;

import dev.belay.core.remote.KnownSecrets;
import java.util.Objects;

/**
 * A condition that must hold before a guarded change is kept, as shell text for the host.
 *
 * <p>Each text is run in a shell of its own. {@code $B_NOTE} names a directory that belongs to this
 * condition in this guard and outlives a reboot; {@code $B_WITHIN} is how many whole seconds the
 * text may wait, at least 1. All are POSIX sh, use no more than coreutils where they can, and have
 * the functions of the resident shell.
 *
 * @param text what must hold, for people, such as {@code unit ssh is active}
 * @param note keeps in {@code $B_NOTE} what the host looks like before the first guarded change;
 *     empty for nothing
 * @param await waits until the condition holds; when it does not, its standard error says what was
 *     seen instead. Run over a new login, before the change is kept
 * @param restored waits in the same way until the host is as healthy as before, once the change is
 *     undone; empty for nothing
 * @param diagnose prints what an expert would look at first; only reads; empty for nothing
 */
public record HealthCondition(
    String text, String note, String await, String restored, String diagnose) {

  /** Checks that there is something to wait for and words for it, and no secret in either. */
  public HealthCondition {
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(restored, "restored");
    Objects.requireNonNull(diagnose, "diagnose");
    if (text.isBlank() || await.isBlank()) {
      throw new IllegalArgumentException("a health condition needs words and a way to see it");
    }
    KnownSecrets.noneInCondition(text, note, await, restored, diagnose);
  }

  /** Returns a condition that needs no look before, and no wait after an undo. */
  public static HealthCondition of(String text, String await) {
    return new HealthCondition(text, "", await, "", "");
  }
}
