package dev.belay.core.transport;

import dev.belay.core.remote.Sh;
import dev.belay.core.transport.BecomeProgram.Refusal;
import java.util.List;

/** How sudo 1.9 is called, asks and refuses. */
final class Sudo {

  private Sudo() {}

  static BecomeProgram program(Become become, String word) {
    boolean talks = become.password().isPresent();
    String prompt = "[" + word + " password] ";
    // Any login shell understands env; C is what the messages below are compared with.
    String sudo = "exec env LC_ALL=C sudo ";
    String user = "-u " + Sh.quote(become.user()) + " -- sh";
    return new BecomeProgram(
        "sudo",
        talks
            ? sudo
                + "-S -p '"
                + prompt
                + "' "
                + user
                + " -c '(echo; echo "
                + word
                + "-ready) >&2; exec sh'"
            : sudo + "-n " + user,
        "",
        prompt,
        talks,
        REFUSALS,
        List.of("incorrect password", "Sorry, try again"),
        "Give the login user's own password, not that of " + become.user() + ".",
        "sudo -u " + become.user() + " sh");
  }

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
