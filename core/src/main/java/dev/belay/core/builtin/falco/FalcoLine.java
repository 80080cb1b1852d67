package dev.belay.core.builtin.falco;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one line of Falco's output, text or JSON, in the formats of all versions since 0.20, also
 * behind the prefix of syslog and of the journal.
 */
public final class FalcoLine {

  private static final Pattern TEXT =
      Pattern.compile(
          "(?:(?:[A-Z][a-z]{2} +\\d+ [\\d:]{8}|\\d{4}-\\d\\d-\\d\\dT\\S+) \\S+ )?"
              + "(?:falco(?:\\[\\d+\\])?: )?"
              + "((?:\\d{4}-\\d\\d-\\d\\dT)?\\d\\d:\\d\\d:\\d\\d\\.\\d{9}(?:[+-]\\d{4})?): "
              + "([A-Za-z]+) (.*)",
          Pattern.DOTALL);

  /** Syslog and the journal may hold JSON too. */
  private static final Pattern PREFIX =
      Pattern.compile("(?:[^{]{0,200}? )?falco(?:\\[\\d+\\])?: (?=\\{)");

  private FalcoLine() {}

  /** Returns the alert of a line; empty when the line is none, or only a piece of one. */
  public static Optional<FalcoEvent> parse(String line) {
    String json = json(line);
    return json.isEmpty() ? text(line) : FalcoJsonLine.parse(json);
  }

  static Optional<FalcoEvent> parse(byte[] buffer, int from, int length) {
    return parse(new String(buffer, from, length, StandardCharsets.UTF_8));
  }

  private static String json(String line) {
    if (line.startsWith("{")) {
      return line;
    }
    Matcher prefix = PREFIX.matcher(line);
    return prefix.lookingAt() ? line.substring(prefix.end()) : "";
  }

  /** Takes text as in the property {@code output} of JSON lines, too. */
  static Optional<FalcoEvent> text(String line) {
    Matcher text = TEXT.matcher(line);
    if (!text.matches()) {
      return Optional.empty();
    }
    String output = text.group(3);
    return FalcoPriority.of(text.group(2))
        .map(
            priority ->
                new FalcoEvent(
                    text.group(1),
                    priority,
                    Optional.empty(),
                    Optional.empty(),
                    output,
                    TextFields.of(output).place()));
  }
}
