package dev.belay.core.transport;

import dev.belay.core.remote.Sh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Becoming another user: the command, the conversation about the password, and why it failed.
 *
 * <p>The password goes over standard input, and only once sudo has asked for it: never an argument,
 * a variable or a file on the host.
 */
final class Sudo {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WORDS_KEPT = 64 * 1024;

  private final String host;
  private final Become become;
  private final String word;
  private final Duration patience;

  Sudo(String host, Become become, String word) {
    this(host, become, word, PATIENCE);
  }

  Sudo(String host, Become become, String word, Duration patience) {
    this.host = host;
    this.become = become;
    this.word = word;
    this.patience = patience;
  }

  /** Returns the command that becomes a shell of the other user. */
  String command() {
    // Any login shell understands env; C is what the messages below are compared with.
    String sudo = "exec env LC_ALL=C sudo ";
    String user = "-u " + Sh.quote(become.user()) + " -- sh";
    return become.password().isEmpty()
        ? sudo + "-n " + user
        : sudo
            + "-S -p '"
            + prompt()
            + "' "
            + user
            + " -c '(echo; echo "
            + word
            + "-ready) >&2; exec sh'";
  }

  /**
   * Answers sudo's question, if it asks one, and returns once the other user's shell is there.
   *
   * @throws UnreachableException when sudo refuses, or says nothing for half a minute
   */
  void converse(ShellProcess process) {
    if (become.password().isEmpty()) {
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
    listen(process, heard, text -> text.contains(prompt()) || text.contains(ready()));
    if (heard.indexOf(ready()) >= 0) {
      return;
    }
    String answer = become.password().orElseThrow().reveal() + "\n";
    process.input().write(answer.getBytes(StandardCharsets.UTF_8));
    process.input().flush();
    heard.setLength(0);
    listen(process, heard, text -> text.contains(prompt()) || text.contains(ready()));
    if (heard.indexOf(ready()) < 0) {
      process.destroy();
      throw wrongPassword(null);
    }
  }

  private void listen(ShellProcess process, StringBuilder heard, Predicate<String> enough)
      throws IOException {
    byte[] bytes = new byte[1024];
    while (!enough.test(heard.toString())) {
      int count = process.errors().read(bytes);
      if (count < 0 || heard.length() > WORDS_KEPT) {
        throw new IOException("sudo gave no shell");
      }
      heard.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
    }
  }

  private String prompt() {
    return "[" + word + " password] ";
  }

  /** A whole line, for a refusal repeats the command it refuses. */
  private String ready() {
    return "\n" + word + "-ready\n";
  }

  /** Returns the error for a sudo that ended without giving us a shell. */
  UnreachableException refused(String errors, Throwable cause) {
    String said = ShellLosses.lastLines(errors.replace(prompt(), ""));
    for (Refusal refusal : REFUSALS) {
      if (said.contains(refusal.sign())) {
        return new UnreachableException(
            host + ": becoming " + become.user() + ": " + refusal.meaning() + saidLine(said),
            refusal.advice(),
            cause);
      }
    }
    return said.contains("incorrect password") || said.contains("Sorry, try again")
        ? wrongPassword(cause)
        : new UnreachableException(
            host + ": becoming " + become.user() + ": sudo gave no shell" + saidLine(said),
            "Log in and run: sudo -u " + become.user() + " sh",
            cause);
  }

  private UnreachableException wrongPassword(Throwable cause) {
    return new UnreachableException(
        host + ": becoming " + become.user() + ": sudo refused the password",
        "Give the login user's own password, not that of " + become.user() + ".",
        cause);
  }

  private UnreachableException silent(CharSequence heard, Throwable cause) {
    String said = ShellLosses.lastLines(heard.toString());
    return new UnreachableException(
        host
            + ": becoming "
            + become.user()
            + ": sudo neither asked for the password nor gave a shell within "
            + ShellLosses.seconds(patience)
            + " s"
            + saidLine(said),
        "See by hand what sudo asks for there; one-time codes and other questions cannot be answered.",
        cause);
  }

  private static String saidLine(String said) {
    return said.isEmpty() ? "" : "; it said: " + said;
  }

  private record Refusal(String sign, String meaning, String advice) {}

  /** What sudo 1.9 says in the C locale, the more special sign first. */
  private static final List<Refusal> REFUSALS =
      List.of(
          new Refusal(
              "a password is required",
              "sudo wants a password and none was given",
              "Give the sudo password, or allow this user sudo without one (NOPASSWD)."),
          new Refusal(
              "not in the sudoers file",
              "this login user may not use sudo",
              "Add the login user to sudoers, or log in as a user who may."),
          new Refusal(
              "is not allowed to execute",
              "sudo does not allow this login user a shell",
              "Allow the login user to run sh by sudo; single allowed commands are not enough."),
          new Refusal(
              "may not run sudo",
              "this login user may not use sudo",
              "Add the login user to sudoers, or log in as a user who may."),
          new Refusal(
              "you must have a tty",
              "sudo there insists on a terminal (requiretty)",
              "Put 'Defaults:LOGINUSER !requiretty' into sudoers on the host."),
          new Refusal("unknown user", "there is no such user", "Correct the user to become."),
          new Refusal(
              "no new privileges",
              "the login runs in a sandbox that forbids sudo",
              "Use a login outside that sandbox."),
          new Refusal(
              "'sudo': No such file",
              "there is no sudo",
              "Install sudo on the host, or log in as the user to become."),
          new Refusal(
              "execute 'sudo'",
              "there is no sudo",
              "Install sudo on the host, or log in as the user to become."));
}
