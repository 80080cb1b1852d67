package dev.belay.core.transport;

import dev.belay.core.remote.Sh;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Functions that requests call on the host, of which a shell is sent only what its requests name.
 *
 * <p>All of them are some 65 KB, which a distant host would wait for: a new TCP connection carries
 * 14 KB in its first round trip (RFC 6928). The text is taken apart into functions {@code b_name()
 * { … }} whose closing brace begins a line, and settings {@code B_NAME=…} of one line; everything
 * else is sent ahead of all. A name that stands anywhere in a request, or in a function that one
 * needs, brings what goes by it, so names must not be put together at run time. Where {@code eval}
 * stands, all of it is brought: the host may evaluate what it has kept, whose names cannot be seen
 * here.
 */
public final class ShellFunctions {

  private static final String EVAL = "eval";

  private static final Pattern NAME = Pattern.compile("\\b(?:[bB]_\\w+|" + EVAL + "\\b)");
  private static final Pattern BEGIN = Pattern.compile("(b_\\w+)\\(\\) [{(].*|(B_\\w+)=.*");

  private final String text;
  private final StringBuilder ahead = new StringBuilder();
  private final Map<String, String> pieces = new LinkedHashMap<>();
  private final Set<String> sent = new HashSet<>();
  private boolean all;

  private ShellFunctions(String text) {
    this.text = text;
  }

  /**
   * Takes a text apart; where it defines a name twice, the later one holds.
   *
   * @param text definitions as above; must not print
   */
  public static ShellFunctions of(String text) {
    ShellFunctions functions = new ShellFunctions(text);
    String name = null;
    StringBuilder piece = new StringBuilder();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      Matcher begin = name == null ? BEGIN.matcher(line) : null;
      if (begin != null && begin.matches()) {
        name = begin.group(1) == null ? begin.group(2) : begin.group(1);
      }
      (name == null ? functions.ahead : piece).append(line).append('\n');
      if (name != null && isEnd(line, begin != null)) {
        functions.pieces.put(name, piece.toString());
        piece.setLength(0);
        name = null;
      }
    }
    functions.ahead.append(piece);
    return functions;
  }

  private static boolean isEnd(String line, boolean first) {
    return first
        ? line.startsWith("B_") || line.endsWith("}") || line.endsWith(")")
        : line.startsWith("}") || line.startsWith(")");
  }

  /** Returns a program that defines all of a text, and keeps it as {@code B_KEPT}. */
  public static String everything(String text) {
    return "B_KEPT=" + Sh.quote(ShellText.SETTINGS + text) + "\neval \"$B_KEPT\"\n";
  }

  /**
   * Returns the definitions that scripts need and the shell has not been sent, and takes note that
   * they are; empty for none.
   */
  String missing(Collection<String> scripts) {
    if (all) {
      return "";
    }
    Map<String, String> found = new LinkedHashMap<>();
    Deque<String> toRead = new ArrayDeque<>(scripts);
    while (!toRead.isEmpty()) {
      Matcher names = NAME.matcher(toRead.pop());
      while (names.find()) {
        String name = names.group();
        if (name.equals(EVAL)) {
          all = true;
          return everything(text);
        }
        if (pieces.containsKey(name) && sent.add(name)) {
          found.put(name, pieces.get(name));
          toRead.push(pieces.get(name));
        }
      }
    }
    return String.join("", found.values());
  }

  /** Returns what every shell is sent first. */
  public String ahead() {
    return ahead.toString();
  }

  /** Returns the names by which definitions are found. */
  public Set<String> names() {
    return Set.copyOf(pieces.keySet());
  }

  /** Returns the definition that goes by a name, empty for none. */
  public String piece(String name) {
    return pieces.getOrDefault(name, "");
  }
}
