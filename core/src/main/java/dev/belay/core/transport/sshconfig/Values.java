package dev.belay.core.transport.sshconfig;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads values that are no plain text, and refuses the wrong ones whether they count or not. */
final class Values {

  private static final Pattern TIME_PART = Pattern.compile("(\\d{1,9})([sSmMhHdDwW]?)");
  private static final Set<String> YES = Set.of("yes", "true");
  private static final Set<String> NO = Set.of("no", "false");
  private static final int LAST_PORT = 65_535;

  private Values() {}

  /** Refuses a line whose value makes no sense. */
  static void check(ConfigLine line) {
    switch (line.keyword()) {
      case "port" -> port(line);
      case "connecttimeout", "serveraliveinterval" -> time(line);
      case "serveralivecountmax" -> count(line);
      case "stricthostkeychecking" -> trust(line);
      case "identitiesonly", "hashknownhosts", "proxyusefdpass" -> flag(line);
      case "pubkeyauthentication" -> login(line);
      case "hostname", "user", "hostkeyalias", "identityfile", "certificatefile", "identityagent" ->
          line.word();
      case "proxyjump" -> Jumps.read(line);
      case "userknownhostsfile", "globalknownhostsfile" -> files(line);
      default -> something(line);
    }
  }

  private static void something(ConfigLine line) {
    if (line.words().isEmpty()) {
      throw line.wrong(line.keyword() + " has no value", "write one, or remove the line");
    }
  }

  private static void files(ConfigLine line) {
    something(line);
    boolean none = line.words().stream().anyMatch(word -> word.equalsIgnoreCase("none"));
    if (none && line.words().size() > 1) {
      throw line.wrong("\"none\" stands beside files", "write either none or the files");
    }
  }

  static int port(ConfigLine line) {
    String word = line.word();
    if (word.equals("ssh")) {
      return 22;
    }
    if (!word.matches("\\d{1,9}")
        || Integer.parseInt(word) < 1
        || Integer.parseInt(word) > LAST_PORT) {
      throw line.wrong(
          "\"" + word + "\" is no port", "write a number from 1 to 65535; services go unread");
    }
    return Integer.parseInt(word);
  }

  /** Reads such as {@code 90}, {@code 1m30s} or {@code none}. */
  static Optional<Duration> time(ConfigLine line) {
    String word = line.word();
    if (word.equals("none")) {
      return Optional.empty();
    }
    Matcher part = TIME_PART.matcher(word);
    long seconds = 0;
    int end = 0;
    while (part.lookingAt()) {
      seconds += Long.parseLong(part.group(1)) * unit(part.group(2));
      end = part.end();
      part.region(end, word.length());
    }
    if (end < word.length() || seconds > Integer.MAX_VALUE) {
      throw line.wrong("\"" + word + "\" is no time", "write such as 10, 1m or 1h30m");
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }

  private static long unit(String letter) {
    return switch (letter.toLowerCase(Locale.ROOT)) {
      case "m" -> 60;
      case "h" -> 3600;
      case "d" -> 86_400;
      case "w" -> 604_800;
      default -> 1;
    };
  }

  static int count(ConfigLine line) {
    String word = line.word();
    if (!word.matches("\\d{1,9}")) {
      throw line.wrong("\"" + word + "\" is no number", "write a whole number");
    }
    return Integer.parseInt(word);
  }

  static boolean flag(ConfigLine line) {
    String word = line.word().toLowerCase(Locale.ROOT);
    if (!YES.contains(word) && !NO.contains(word)) {
      throw line.wrong("\"" + word + "\" is neither yes nor no", "write yes or no");
    }
    return YES.contains(word);
  }

  /** Tells whether logging in by key is allowed; the middle ways only tune it. */
  static boolean login(ConfigLine line) {
    String word = line.word().toLowerCase(Locale.ROOT);
    return Set.of("unbound", "host-bound").contains(word) || flag(line);
  }

  static HostKeyTrust trust(ConfigLine line) {
    return switch (line.word().toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> HostKeyTrust.KNOWN_ONLY;
      case "no", "false", "off" -> HostKeyTrust.ACCEPT_ANY;
      case "ask" -> HostKeyTrust.ASK;
      case "accept-new" -> HostKeyTrust.ACCEPT_NEW;
      default ->
          throw line.wrong(
              "\"" + line.word() + "\" is no way to check host keys",
              "write yes, accept-new, ask or no");
    };
  }
}
