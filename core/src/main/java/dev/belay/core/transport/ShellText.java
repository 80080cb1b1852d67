package dev.belay.core.transport;

import dev.belay.core.remote.Sh;

/**
 * The shell text that makes a plain {@code sh} answer requests in frames.
 *
 * <p>The shell reads its program from standard input as it comes, so that no reader on the host has
 * to count bytes: busybox {@code head -c} reads ahead, {@code $(...)} drops NUL bytes and final
 * newlines, and bash makes a temporary file of a here-document. Each script goes in as one quoted
 * word for {@code eval} in a subshell: one process a request, and an unbalanced quote in it is an
 * error of that request alone. Tried with dash 0.5.12, bash 5.2 and busybox 1.35: {@code eval}
 * costs no measurable time over the bare text, also with scripts of a megabyte.
 */
final class ShellText {

  /** What holds for everything that runs on a host. */
  static final String SETTINGS =
      """
      LC_ALL=C; export LC_ALL; umask 077; unset CDPATH
      PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
      """;

  /** The mark's status for a request that was skipped. */
  private static final String SKIPPED = Integer.toString(Reply.SKIPPED);

  private static final String NOTE = Integer.toString(Reply.NOTE);

  private ShellText() {}

  /** Returns what is sent first; it is answered by one mark. */
  static String bootstrap(String word, String functions) {
    return SETTINGS
        + """
        B_mark() { printf '\\n%s %d\\n' WORD "$1"; printf '\\n%s %d\\n' WORD "$1" >&2; }
        B_note() { printf '%s\\n%s NOTE\\n' "$1" WORD; }
        B_done() { B_mark "$1"; [ "$1" = 0 ] || B_SKIP=1; }
        """
            .replace("WORD", word)
            .replace("NOTE", NOTE)
        + functions
        + "B_mark 0\n";
  }

  /** Returns what stands before a list of requests; it is not answered. */
  static String listStart() {
    return "B_SKIP=\n";
  }

  /** Returns one request; it is answered by its output and one mark. */
  static String frame(Request request) {
    String run = "( eval " + Sh.quote(request.script()) + "\n) </dev/null; ";
    return request.onlyIfAllWell()
        ? "if [ -n \"$B_SKIP\" ]; then B_mark " + SKIPPED + "; else " + run + "B_done $?; fi\n"
        : run + "B_mark $?\n";
  }
}
