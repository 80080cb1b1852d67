package dev.belay.core.inventory;

import dev.belay.core.inventory.Draft.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits {@code a=1 b='x y'} as Ansible does: quotes keep blanks together and count as quotes only
 * where they stand around a whole value; backslashes work as in Python.
 *
 * <p>Source: ansible/ansible lib/ansible/parsing/splitter.py of 2.14. Unlike there, blanks before
 * the first word and several between words are no error, and a word without a value is one.
 */
final class ExtraWords {

  private static final String LETTERS = "abfnrtv\\'\"";
  private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\'\"";
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([abfnrtv\\\\'\"]))");

  private ExtraWords() {}

  /** Returns the words, their escapes read, their quotes still there. */
  static List<String> split(String text, Place place) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escaped = i > 0 && text.charAt(i - 1) == '\\';
      if ((c == '"' || c == '\'') && !escaped && (quote == 0 || quote == c)) {
        quote = quote == 0 ? c : 0;
      }
      if (quote == 0 && (c == ' ' || c == '\n')) {
        end(word, words);
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw place.wrong("a quote is not closed", "close it, or write a backslash before it");
    }
    end(word, words);
    return words;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (word.length() > 0) {
      words.add(ESCAPE.matcher(word).replaceAll(ExtraWords::meant));
      word.setLength(0);
    }
  }

  private static String meant(java.util.regex.MatchResult escape) {
    for (int group = 1; group <= 3; group++) {
      if (escape.group(group) != null) {
        long point = Long.parseLong(escape.group(group), 16);
        return point > Character.MAX_CODE_POINT
            ? Matcher.quoteReplacement(escape.group())
            : Matcher.quoteReplacement(Character.toString((int) point));
      }
    }
    int letter = LETTERS.indexOf(escape.group(4));
    return Matcher.quoteReplacement(MEANT.substring(letter, letter + 1));
  }

  /** Returns where the value's equals sign stands, or -1; one after a backslash is none. */
  static int equalsSign(String word) {
    int at = word.indexOf('=', 1);
    while (at > 0 && word.charAt(at - 1) == '\\') {
      at = word.indexOf('=', at + 1);
    }
    return at;
  }

  /** Returns a value without the quotes around it. */
  static String unquoted(String value) {
    int end = value.length() - 1;
    boolean quoted =
        end > 0
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(end)
            && value.charAt(end - 1) != '\\';
    return quoted ? value.substring(1, end) : value;
  }
}
