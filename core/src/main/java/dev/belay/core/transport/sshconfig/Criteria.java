package dev.belay.core.transport.sshconfig;

import java.util.Locale;
import java.util.Set;

/**
 * Decides a Match line.
 *
 * @param host the host's name as it is by now
 * @param original the name as it was asked for
 * @param user whom to log in as, as it is by now
 * @param localUser who connects
 * @param last whether this is the second reading, which {@code Match final} asks for
 */
record Criteria(String host, String original, String user, String localUser, boolean last) {

  private static final Set<String> NEWER =
      Set.of("localnetwork", "tagged", "version", "sessiontype", "command");

  /** Tells whether a line asks for the second reading; to be asked of every Match line. */
  static boolean asksForSecondReading(ConfigLine line) {
    Delimited rest = new Delimited(line.rest());
    for (String word = rest.next(); !word.isEmpty(); word = rest.next()) {
      String name = word.toLowerCase(Locale.ROOT).replaceFirst("^!", "");
      if (name.equals("final")) {
        return true;
      }
      if (!name.equals("canonical")) {
        rest.next();
      }
    }
    return false;
  }

  /** Tells whether all criteria hold; the whole line is read, so that mistakes in it are seen. */
  boolean hold(ConfigLine line) {
    Delimited rest = new Delimited(line.rest());
    boolean holds = true;
    int criteria = 0;
    String word = rest.next();
    while (!word.isEmpty() && !word.startsWith("#")) {
      boolean not = word.startsWith("!");
      String name = word.substring(not ? 1 : 0).toLowerCase(Locale.ROOT);
      if (name.equals("all")) {
        requireAlone(line, rest, criteria);
        return holds && !not;
      }
      criteria++;
      holds &= one(line, name, rest, holds) != not;
      word = rest.next();
    }
    if (criteria == 0) {
      throw line.wrong("Match has no criterion", "write such as Match host *.example.com");
    }
    return holds;
  }

  private static void requireAlone(ConfigLine line, Delimited rest, int before) {
    String next = rest.next();
    if (before > 1 || !next.isEmpty() && !next.startsWith("#")) {
      throw line.wrong("\"all\" stands beside other criteria", "write Match all, or leave it out");
    }
  }

  private boolean one(ConfigLine line, String name, Delimited rest, boolean counts) {
    if (name.equals("final") || name.equals("canonical")) {
      return last;
    }
    String value = rest.next();
    if (value.isEmpty() || value.startsWith("#")) {
      throw line.wrong("Match " + name + " has no value", "write one after it");
    }
    return switch (name) {
      case "host" -> Wildcards.listMatchesName(host, value);
      case "originalhost" -> Wildcards.listMatchesName(original, value);
      case "user" -> Wildcards.listMatches(user, value);
      case "localuser" -> Wildcards.listMatches(localUser, value);
      case "exec" -> command(line, counts);
      default -> throw unknown(line, name);
    };
  }

  private static boolean command(ConfigLine line, boolean counts) {
    if (counts) {
      throw line.wrong(
          "Match exec would run a program to find out whether the lines below count",
          "that is not done here: write the condition with host or user, or name another"
              + " configuration with --ssh-config");
    }
    return false;
  }

  private static SshConfigException unknown(ConfigLine line, String name) {
    return NEWER.contains(name)
        ? line.wrong(
            "Match " + name + " is not supported here",
            "write the condition with host, originalhost, user or localuser")
        : line.wrong(
            "Match knows no \"" + name + "\"",
            "write all, final, host, originalhost, user or localuser");
  }
}
