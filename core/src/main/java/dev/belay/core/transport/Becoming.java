package dev.belay.core.transport;

import dev.belay.core.transport.BecomeProgram.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Becoming another user: the conversation about the password, and why it failed.
 *
 * <p>The password goes over standard input, and only once the program has asked for it: never an
 * argument, a variable or a file on the host.
 */
final class Becoming {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WORDS_KEPT = 64 * 1024;
  private static final String NONE_GIVEN = " wants a password and none was given";

  private final String host;
  private final Become become;
  private final String word;
  private final Duration patience;
  private final BecomeProgram program;

  Becoming(String host, Become become, String word) {
    this(host, become, word, PATIENCE);
  }

  Becoming(String host, Become become, String word, Duration patience) {
    this.host = host;
    this.become = become;
    this.word = word;
    this.patience = patience;
    this.program = BecomeProgram.of(become, word);
  }

  /** Returns the command that becomes a shell of the other user. */
  String command() {
    return program.command();
  }

  /**
   * Answers the program's question, if it asks one, and returns once the other user's shell is
   * there.
   *
   * @throws UnreachableException when it refuses, or says nothing for half a minute
   */
  void converse(ShellProcess process) {
    if (!program.talks()) {
      return;
    }
    StringBuilder heard = new StringBuilder();
    long start = System.nanoTime();
    try (Deadline deadline = Deadline.start(patience, () -> start, process::destroy)) {
      try {
        askAndAnswer(process, heard);
      } catch (IOException e) {
        throw deadline.passed() ? silent(heard, e) : refused(heard.toString(), e);
      }
    }
  }

  private void askAndAnswer(ShellProcess process, StringBuilder heard) throws IOException {
    listen(process, heard, this::isEnough);
    if (heard.indexOf(ready()) >= 0) {
      return;
    }
    if (become.password().isEmpty()) {
      process.destroy();
      throw new UnreachableException(
          host + ": becoming " + become.user() + ": " + program.name() + NONE_GIVEN,
          "Give the password of " + become.method().whosePassword(become.user()) + ".",
          null);
    }
    String answer = become.password().orElseThrow().reveal() + "\n";
    process.input().write(answer.getBytes(StandardCharsets.UTF_8));
    process.input().flush();
    heard.setLength(0);
    listen(process, heard, text -> text.contains(program.prompt()) || text.contains(ready()));
    if (heard.indexOf(ready()) < 0) {
      process.destroy();
      throw wrongPassword(null);
    }
  }

  private boolean isEnough(String heard) {
    return program.asksOrIsReady(heard, word);
  }

  private void listen(ShellProcess process, StringBuilder heard, Predicate<String> enough)
      throws IOException {
    byte[] bytes = new byte[1024];
    while (!enough.test(heard.toString())) {
      int count = process.errors().read(bytes);
      if (count < 0 || heard.length() > WORDS_KEPT) {
        throw new IOException(program.name() + " gave no shell");
      }
      heard.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
    }
  }

  private String ready() {
    return BecomeProgram.ready(word);
  }

  /** Returns the error for a program that ended without giving us a shell. */
  UnreachableException refused(String errors, Throwable cause) {
    String said =
        ShellLosses.lastLines(errors.replace(program.begin(), "").replace(program.prompt(), ""));
    for (Refusal refusal : program.refusals()) {
      if (said.contains(refusal.sign())) {
        return new UnreachableException(
            host + ": becoming " + become.user() + ": " + refusal.meaning() + saidLine(said),
            refusal.advice(),
            cause);
      }
    }
    return program.wrongSigns().stream().anyMatch(said::contains)
        ? wrongPassword(cause)
        : new UnreachableException(
            host
                + ": becoming "
                + become.user()
                + ": "
                + program.name()
                + " gave no shell"
                + saidLine(said),
            "Log in and run: " + program.byHand(),
            cause);
  }

  private UnreachableException wrongPassword(Throwable cause) {
    return new UnreachableException(
        host + ": becoming " + become.user() + ": " + program.name() + " refused the password",
        program.wrongAdvice(),
        cause);
  }

  private UnreachableException silent(CharSequence heard, Throwable cause) {
    String said = ShellLosses.lastLines(heard.toString());
    return new UnreachableException(
        host
            + ": becoming "
            + become.user()
            + ": "
            + program.name()
            + " neither asked for the password nor gave a shell within "
            + ShellLosses.seconds(patience)
            + " s"
            + saidLine(said),
        "See by hand what it asks for there; one-time codes and other questions cannot be answered.",
        cause);
  }

  private static String saidLine(String said) {
    return said.isEmpty() ? "" : "; it said: " + said;
  }
}
