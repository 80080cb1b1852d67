package dev.belay.core.transport;

import dev.belay.core.remote.Sh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A script that behaves like sudo 1.9 as far as the conversation goes. What it does depends on the
 * user to become; it becomes nobody, and tells the user in the variable BECAME.
 */
public final class FakeSudo {

  private FakeSudo() {}

  /** Writes the script as {@code sudo} into a directory. */
  public static void install(Path bin, String password) throws IOException {
    String script =
        """
        #!/bin/sh
        ask= never= prompt= user=root
        while [ $# -gt 0 ]; do
          case $1 in
            -S) ask=1;; -n) never=1;; -p) prompt=$2; shift;; -u) user=$2; shift;;
            --) shift; break;; *) echo "usage: sudo ..." >&2; exit 1;;
          esac
          shift
        done
        export BECAME="$user"
        case $user in
          asks) ;;
          stranger) echo "me is not in the sudoers file." >&2; exit 1;;
          limited) echo "Sorry, user me is not allowed to execute '$*' as root on h." >&2; exit 1;;
          tty) echo "sudo: sorry, you must have a tty to run sudo" >&2; exit 1;;
          nobodyatall) echo "sudo: unknown user nobodyatall" >&2; exit 1;;
          odd) echo "sudo: something new" >&2; exit 1;;
          mute) echo "Enter the code:" >&2; read -r code; exit 1;;
          *) exec "$@";;
        esac
        if [ -n "$never" ]; then echo "sudo: a password is required" >&2; exit 1; fi
        echo "We trust you have received the usual lecture." >&2
        for try in 1 2 3; do
          printf '%s' "$prompt" >&2
          IFS= read -r password || { echo "sudo: no password was provided" >&2; exit 1; }
          [ "$password" = PASSWORD ] && exec "$@"
          echo "Sorry, try again." >&2
        done
        echo "sudo: 3 incorrect password attempts" >&2
        exit 1
        """
            .replace("PASSWORD", Sh.quote(password));
    Path file = Files.writeString(bin.resolve("sudo"), script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
