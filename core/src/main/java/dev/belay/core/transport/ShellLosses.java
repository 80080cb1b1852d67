package dev.belay.core.transport;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Says how a resident shell was lost, and what to do about it. */
final class ShellLosses {

  private static final int LINES = 10;

  private final String host;
  private final Optional<Becoming> becoming;

  ShellLosses(String host, Optional<Becoming> becoming) {
    this.host = host;
    this.becoming = becoming;
  }

  UnreachableException late(String place, Duration limit, String errors, Throwable cause) {
    return UnreachableException.late(
        host + ": " + place + " took longer than " + seconds(limit) + " s" + said(errors),
        "The connection was given up, and the host may still be at work on that request."
            + " Look there before trying again, or allow more time.",
        cause);
  }

  UnreachableException broken(String place, Throwable cause) {
    return new UnreachableException(
        host + ": the connection was lost during " + place + ": " + cause.getMessage(),
        "What the host did after the last answer is not known. Connect again to see.",
        cause);
  }

  UnreachableException tooLong(String place, Throwable cause) {
    return new UnreachableException(
        host + ": " + place + " gave " + cause.getMessage(),
        "The connection was given up. Let the script print less.",
        cause);
  }

  UnreachableException ended(String place, String ending, String errors, Throwable cause) {
    return new UnreachableException(
        host + ": the shell ended during " + place + how(ending) + said(errors),
        "What the host did after the last answer is not known. Connect again to see.",
        cause);
  }

  UnreachableException notStarted(String ending, String errors, String output, Throwable cause) {
    if (becoming.isPresent()) {
      return becoming.get().refused(lastLines(errors), cause);
    }
    return new UnreachableException(
        host + ": the login gave no shell" + how(ending) + said(errors + "\n" + output),
        "Log in by hand and run 'exec sh'; the account needs a login shell that runs commands.",
        cause);
  }

  UnreachableException interrupted(String place, Throwable cause) {
    return new UnreachableException(
        host + ": interrupted during " + place,
        "What the host did after the last answer is not known. Connect again to see.",
        cause);
  }

  UnreachableException already() {
    return new UnreachableException(
        host + ": the shell has ended", "Connect again; a shell that was lost stays lost.", null);
  }

  private static String how(String ending) {
    return ending.isEmpty() ? "" : " (" + ending + ")";
  }

  private static String said(String text) {
    String lines = lastLines(text);
    return lines.isEmpty() ? "" : "; it said last: " + lines;
  }

  static String lastLines(String text) {
    String[] lines = text.strip().split("\n");
    int from = Math.max(0, lines.length - LINES);
    return String.join("\n", Arrays.copyOfRange(lines, from, lines.length)).strip();
  }

  static String seconds(Duration limit) {
    return limit.toMillis() % 1000 == 0
        ? Long.toString(limit.toSeconds())
        : Double.toString(limit.toMillis() / 1000.0);
  }
}
