package dev.belay.core.transport.sshconfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of a configuration that says something.
 *
 * @param place where it stands, for messages
 * @param keyword in small letters
 * @param rest what follows the keyword, as written
 * @param words the same cut into words, without quotes and the comment at the end
 */
record ConfigLine(String place, String keyword, String rest, List<String> words) {

  private static final String BLANK = " \t\r\f";

  ConfigLine {
    words = List.copyOf(words);
  }

  /** Reads a line; empty for a comment and for nothing. */
  static Optional<ConfigLine> read(String place, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new SshConfigException(place, "this is no text", "name a text file");
    }
    Delimited line = new Delimited(text.strip());
    String keyword = line.next();
    if (keyword.isEmpty() || keyword.startsWith("#")) {
      return Optional.empty();
    }
    String rest = line.rest();
    return Optional.of(
        new ConfigLine(place, keyword.toLowerCase(Locale.ROOT), rest, split(place, rest)));
  }

  SshConfigException wrong(String what, String advice) {
    return new SshConfigException(place, what, advice);
  }

  /** Returns the only word. */
  String word() {
    if (words.size() > 1) {
      throw wrong(
          keyword + " takes one value, not " + words.size(), "put quotes around it: \"a b\"");
    }
    if (words.isEmpty() || words.get(0).isEmpty()) {
      throw wrong(keyword + " has no value", "write one, or remove the line");
    }
    return words.get(0);
  }

  /** Cuts a text as OpenSSH's argv_split does: both quotes, a backslash before few characters. */
  static List<String> split(String place, String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < text.length() && text.charAt(at) != '#') {
      if (BLANK.indexOf(text.charAt(at)) >= 0) {
        at++;
      } else {
        StringBuilder word = new StringBuilder();
        at = word(place, text, at, word);
        words.add(word.toString());
      }
    }
    return words;
  }

  private static int word(String place, String text, int start, StringBuilder word) {
    char quote = 0;
    int at = start;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && isEscaped(text, at + 1, quote)) {
        word.append(text.charAt(++at));
      } else if (quote == 0 && BLANK.indexOf(c) >= 0) {
        break;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new SshConfigException(place, "a quote is not closed", "close it with " + quote);
    }
    return at;
  }

  private static boolean isEscaped(String text, int at, char quote) {
    return at < text.length() && (quote == 0 ? "'\"\\ " : "'\"\\").indexOf(text.charAt(at)) >= 0;
  }
}
