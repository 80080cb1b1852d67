package dev.belay.core.transport;

import java.util.List;

/**
 * A program by which one becomes another user: how it is called, asks and refuses.
 *
 * @param name its name
 * @param command text for the login user's shell; ends in a shell of the other user
 * @param begin a line that stands in standard error before anything of the program; empty where the
 *     prompt cannot be mistaken
 * @param prompt how its question for the password ends
 * @param talks whether the command has to be listened to before it is a shell; if so it says {@link
 *     #ready} first
 * @param refusals what it says when it refuses, the more special first
 * @param wrongSigns what it says to a wrong password
 * @param wrongAdvice what to do then
 * @param byHand a command to try at a login
 */
record BecomeProgram(
    String name,
    String command,
    String begin,
    String prompt,
    boolean talks,
    List<Refusal> refusals,
    List<String> wrongSigns,
    String wrongAdvice,
    String byHand) {

  /**
   * Why a program refuses.
   *
   * @param sign what it says in the C locale
   * @param meaning what that means
   * @param advice what to do
   */
  record Refusal(String sign, String meaning, String advice) {}

  static BecomeProgram of(Become become, String word) {
    return switch (become.method()) {
      case SUDO -> Sudo.program(become, word);
      case SU -> Su.program(become, word);
    };
  }

  /**
   * Tells whether the program asks, or is there already.
   *
   * @param heard standard error so far; what the login says of its own stands in it too
   */
  boolean asksOrIsReady(String heard, String word) {
    if (heard.contains(ready(word))) {
      return true;
    }
    return begin.isEmpty()
        ? heard.contains(prompt)
        : heard.contains(begin) && heard.endsWith(prompt);
  }

  /** A whole line, for a refusal repeats the command it refuses. */
  static String ready(String word) {
    return "\n" + word + "-ready\n";
  }
}
