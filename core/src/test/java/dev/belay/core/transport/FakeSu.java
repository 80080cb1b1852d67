package dev.belay.core.transport;

import dev.belay.core.remote.Sh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A script that behaves like su as far as the conversation goes. What it does depends on the user
 * to become; it becomes nobody, and tells the user in the variable BECAME.
 */
final class FakeSu {

  private FakeSu() {}

  /** Writes the script as {@code su} into a directory. */
  static void install(Path bin, String password) throws IOException {
    String script =
        """
        #!/bin/sh
        [ "$1 $2 $4" = "-s /bin/sh -c" ] || { echo "usage: su ..." >&2; exit 1; }
        export BECAME="$3"
        case $3 in
          asks) ;;
          wheel) echo "su: Permission denied" >&2; exit 1;;
          nobodyatall) echo "su: user nobodyatall does not exist or the user entry does not contain all the required fields" >&2; exit 1;;
          odd) echo "su: something new" >&2; exit 1;;
          mute) echo "Enter the code:" >&2; read -r code; exit 1;;
          *) exec sh -c "$5";;
        esac
        printf 'Password: ' >&2
        IFS= read -r password
        [ "$password" = PASSWORD ] && exec sh -c "$5"
        echo "su: Authentication failure" >&2
        exit 1
        """
            .replace("PASSWORD", Sh.quote(password));
    Path file = Files.writeString(bin.resolve("su"), script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
