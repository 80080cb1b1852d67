package dev.belay.core.inventory;

import dev.belay.core.inventory.HostNames.Unreadable;
import java.util.ArrayList;
import java.util.List;

/** Cuts a line as Python's shlex does in its POSIX mode, with comments. */
final class ShellWords {

  private final String line;
  private final StringBuilder word = new StringBuilder();
  private final List<String> words = new ArrayList<>();
  private boolean inWord;
  private int at;

  private ShellWords(String line) {
    this.line = line;
  }

  static List<String> split(String line) throws Unreadable {
    return new ShellWords(line).split();
  }

  private List<String> split() throws Unreadable {
    while (at < line.length() && line.charAt(at) != '#') {
      char c = line.charAt(at++);
      if (" \t\r\n".indexOf(c) >= 0) {
        end();
        continue;
      }
      inWord = true;
      switch (c) {
        case '\'' -> single();
        case '"' -> quoted();
        case '\\' -> word.append(next("a backslash stands at the end"));
        default -> word.append(c);
      }
    }
    end();
    return words;
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private char next(String missing) throws Unreadable {
    if (at >= line.length()) {
      throw new Unreadable(missing, "close the quote, or write \\\\ for a backslash");
    }
    return line.charAt(at++);
  }

  private void single() throws Unreadable {
    for (char c = next("a quote is not closed"); c != '\''; c = next("a quote is not closed")) {
      word.append(c);
    }
  }

  private void quoted() throws Unreadable {
    for (char c = next("a quote is not closed"); c != '"'; c = next("a quote is not closed")) {
      if (c == '\\') {
        char escaped = next("a quote is not closed");
        word.append(escaped == '"' || escaped == '\\' ? "" : "\\").append(escaped);
      } else {
        word.append(c);
      }
    }
  }
}
