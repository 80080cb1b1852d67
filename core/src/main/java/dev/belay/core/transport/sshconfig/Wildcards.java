package dev.belay.core.transport.sshconfig;

import java.util.List;
import java.util.Locale;

/**
 * OpenSSH's patterns: {@code *}, {@code ?}, lists with commas, {@code !} for not.
 *
 * <p>Source: openssh-portable match.c.
 */
final class Wildcards {

  private Wildcards() {}

  /** Tells whether one pattern covers the whole of a text. */
  static boolean matches(String text, String pattern) {
    int at = 0;
    int part = 0;
    int star = -1;
    int retry = 0;
    while (at < text.length()) {
      char wanted = part < pattern.length() ? pattern.charAt(part) : 0;
      if (wanted == '*') {
        star = part++;
        retry = at;
      } else if (part < pattern.length() && (wanted == '?' || wanted == text.charAt(at))) {
        at++;
        part++;
      } else if (star >= 0) {
        part = star + 1;
        at = ++retry;
      } else {
        return false;
      }
    }
    while (part < pattern.length() && pattern.charAt(part) == '*') {
      part++;
    }
    return part == pattern.length();
  }

  /** Tells whether a pattern of several covers a text and none with {@code !} does. */
  static boolean anyMatches(String text, List<String> patterns) {
    boolean found = false;
    for (String pattern : patterns) {
      boolean not = pattern.startsWith("!");
      if (matches(text, not ? pattern.substring(1) : pattern)) {
        if (not) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  /** Tells the same of a list with commas. */
  static boolean listMatches(String text, String list) {
    return anyMatches(text, List.of(list.split(",")));
  }

  /** Tells the same of a host's name, where small and capital letters are one. */
  static boolean listMatchesName(String text, String list) {
    return listMatches(text.toLowerCase(Locale.ROOT), list.toLowerCase(Locale.ROOT));
  }
}
