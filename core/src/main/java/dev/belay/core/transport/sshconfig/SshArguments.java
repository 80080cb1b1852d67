package dev.belay.core.transport.sshconfig;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Arguments of the ssh command, as Ansible's inventories have them in {@code
 * ansible_ssh_common_args}.
 */
public final class SshArguments {

  /** Options without a value that only tune ssh itself. */
  private static final String SKIPPED = "qvCAaxXYTtnkK46NfGg";

  private SshArguments() {}

  /**
   * Returns what arguments say, as lines of a configuration.
   *
   * @param place where the arguments stand, for messages
   * @param arguments such as {@code -o ProxyJump=bastion -o StrictHostKeyChecking=accept-new}
   * @return such as {@code ProxyJump=bastion}
   * @throws SshConfigException for an option that has no counterpart in a configuration
   */
  public static List<String> lines(String place, String arguments) {
    if (arguments.contains("{{")) {
      throw new SshConfigException(
          place, "templates ({{ }}) are not evaluated", "write the value itself");
    }
    List<String> lines = new ArrayList<>();
    Iterator<String> words = ConfigLine.split(place, arguments).iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (!word.matches("-\\w.*")) {
        throw new SshConfigException(
            place, "\"" + word + "\" is no option of ssh", "write such as -o ProxyJump=bastion");
      }
      boolean alone = word.substring(1).chars().allMatch(c -> SKIPPED.indexOf(c) >= 0);
      if (!alone) {
        lines.add(line(place, word, words));
      }
    }
    return lines;
  }

  private static String line(String place, String word, Iterator<String> rest) {
    String keyword =
        switch (word.charAt(1)) {
          case 'o' -> "";
          case 'J' -> "ProxyJump=";
          case 'p' -> "Port=";
          case 'l' -> "User=";
          case 'i' -> "IdentityFile=";
          default ->
              throw new SshConfigException(
                  place,
                  "the option " + word.substring(0, 2) + " of ssh is not supported here",
                  "use -o, -J, -p, -l or -i, or write it to ~/.ssh/config");
        };
    if (word.length() > 2) {
      return keyword + word.substring(2);
    }
    if (!rest.hasNext()) {
      throw new SshConfigException(place, word + " has no value", "write one after it");
    }
    return keyword + rest.next();
  }
}
