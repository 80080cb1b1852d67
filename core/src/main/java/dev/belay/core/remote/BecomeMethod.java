package dev.belay.core.remote;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By which program one becomes another user on a host. */
public enum BecomeMethod {
  /** {@code sudo}, which asks for the login user's own password, where it asks. */
  SUDO,
  /** {@code su}, which asks for the password of the user one becomes; root is never asked. */
  SU;

  /** Returns the program's name, as Ansible's {@code become_method} has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the method of a name, with or without {@code ansible.builtin.}; empty for others. */
  public static Optional<BecomeMethod> of(String word) {
    String bare = word.startsWith("ansible.builtin.") ? word.substring(16) : word;
    return Arrays.stream(values()).filter(method -> method.word().equals(bare)).findFirst();
  }

  /** Returns whose password it asks for, in words. */
  public String whosePassword(String user) {
    return this == SUDO ? "the login user" : user;
  }
}
