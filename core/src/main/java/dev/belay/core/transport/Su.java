package dev.belay.core.transport;

import dev.belay.core.remote.Sh;
import dev.belay.core.transport.BecomeProgram.Refusal;
import java.util.List;

/**
 * How su is called, asks and refuses: that of util-linux 2.38 with PAM, and busybox's.
 *
 * <p>Both read the password from standard input where that is no terminal, one byte after the other
 * up to the end of the line. They have no option for a prompt of our own, nor for asking nothing,
 * so that a line of our own tells where su begins: a login may say anything before; and busybox
 * asks on standard output, which therefore is standard error until the shell is there.
 */
final class Su {

  private Su() {}

  static BecomeProgram program(Become become, String word) {
    String user = Sh.quote(become.user());
    return new BecomeProgram(
        "su",
        "exec sh -c 'echo \"$3\" >&2; exec env LC_ALL=C su -s /bin/sh \"$1\" -c \"$2\" 3>&1 >&2' sh "
            + user
            + " '(echo; echo "
            + word
            + "-ready) >&2; exec sh >&3 3>&-' "
            + word
            + "-su",
        word + "-su\n",
        "assword: ",
        true,
        REFUSALS,
        List.of("Authentication failure", "incorrect password"),
        "Give the password of " + become.user() + ", not the login user's own.",
        "su -s /bin/sh " + become.user());
  }

  private static final List<Refusal> REFUSALS =
      List.of(
          new Refusal("does not exist", "there is no such user", "Correct the user to become."),
          new Refusal("unknown user", "there is no such user", "Correct the user to become."),
          new Refusal(
              "su: Permission denied",
              "the host does not allow this login user to use su",
              "Look at /etc/pam.d/su on the host; pam_wheel allows members of one group only."),
          new Refusal(
              "must be run from a terminal",
              "su there insists on a terminal",
              "Become the user by sudo."),
          new Refusal(
              "must be suid",
              "su there has no right to become anybody",
              "Become the user by sudo, or give su back its mode 4755."),
          new Refusal(
              "'su': No such file",
              "there is no su",
              "Become the user by sudo, or log in as the user to become."));
}
