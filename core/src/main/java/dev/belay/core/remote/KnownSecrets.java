package dev.belay.core.remote;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All secrets that this process has come to know, so that texts about to leave it can be searched
 * for them.
 *
 * <p>A secret is known from {@link Secret#of} on, for the life of the process: what was made of its
 * value, such as a template or the answer of a host, carries no mark any more. It is found as
 * itself, in base64 at any place of a longer text, in base64url and hexadecimal, each also with
 * percent signs, backslashes, quotes or entities of JSON, YAML, shells, URLs, XML, and over line
 * ends; of several lines each is looked for. Values of less than four characters are not looked
 * for: they would be found all over ordinary text. Not found is what was compressed, encrypted,
 * digested, reversed or cut into pieces. Thread-safe.
 */
public final class KnownSecrets {

  private static final Set<String> VALUES = new LinkedHashSet<>();
  private static volatile SecretFinder finder = new SecretFinder(Set.of());
  private static volatile boolean stale;

  private KnownSecrets() {}

  /** Looks for the value from now on. */
  static void add(String value) {
    synchronized (VALUES) {
      stale |= VALUES.add(value);
    }
  }

  /** Returns what finds all that are known by now; another one once there are more. */
  static SecretFinder finder() {
    if (stale) {
      synchronized (VALUES) {
        finder = new SecretFinder(VALUES);
        stale = false;
      }
    }
    return finder;
  }

  /** Tells whether any secret is known that is looked for. */
  public static boolean any() {
    return finder().looks();
  }

  /** Returns the text with {@link Secret#MASK} in place of each secret. */
  public static String masked(String text) {
    return finder().cover(text);
  }

  /** Tells whether a secret stands in the text. */
  public static boolean areIn(String text) {
    return any() && finder().finds(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sees that a health condition holds no secret.
   *
   * @throws IllegalArgumentException when one does, since a guard keeps conditions on the host
   */
  public static void noneInCondition(String... texts) {
    for (String text : texts) {
      if (areIn(text)) {
        throw new IllegalArgumentException(
            "a health condition holds a secret, and a guard would keep it on the host: "
                + masked(text)
                + "; let it call a program there that has its own");
      }
    }
  }

  /**
   * Returns a command line as it is.
   *
   * @throws IllegalArgumentException when a word of it holds a secret, which {@code ps} would show
   */
  public static List<String> noneIn(List<String> argv) {
    for (int i = 0; i < argv.size(); i++) {
      if (areIn(argv.get(i))) {
        throw new IllegalArgumentException(
            (i == 0 ? "the name of a command" : "argument " + i + " of " + masked(argv.get(0)))
                + " holds a secret, and ps would show it to every user of the host; give it by"
                + " input(secret) or environment(name, secret)");
      }
    }
    return argv;
  }
}
