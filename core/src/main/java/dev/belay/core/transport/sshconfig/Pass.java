package dev.belay.core.transport.sshconfig;

import dev.belay.core.text.NearMiss;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the files once for one host, into what has been settled before. */
final class Pass {

  private static final int MAX_DEPTH = 16;

  private final ConfigFiles files;
  private final SshCaller caller;
  private final Settled settled;
  private final String host;
  private final String original;
  private final boolean last;
  private boolean wantsLast;

  /**
   * Prepares a reading.
   *
   * @param host the name that Host lines speak of: the one asked for, and at the second reading the
   *     one it has become
   * @param original the name asked for
   */
  Pass(
      ConfigFiles files,
      SshCaller caller,
      Settled settled,
      String host,
      String original,
      boolean last) {
    this.files = files;
    this.caller = caller;
    this.settled = settled;
    this.host = host;
    this.original = original;
    this.last = last;
  }

  /** Tells whether a line asked for a second reading. */
  boolean wantsLast() {
    return wantsLast;
  }

  /** Where a file stands: whose it is, how deep it is included, and whether its lines count. */
  private record Depth(boolean own, int level, boolean counts) {}

  void read(SshConfig.Source source) {
    Optional<String> text = files.read(source.path(), source.checked());
    if (text.isEmpty() && source.required()) {
      throw new SshConfigException(
          source.path(), "there is no such file", "correct the path of the ssh configuration");
    }
    text.ifPresent(found -> read(source.path(), found, new Depth(source.own(), 0, true)));
  }

  private void read(String path, String text, Depth depth) {
    boolean active = true;
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      Optional<ConfigLine> read = ConfigLine.read(path + ", line " + number, raw);
      if (read.isEmpty()) {
        continue;
      }
      ConfigLine line = read.get();
      switch (line.keyword()) {
        case "host" -> active = depth.counts() && isMeant(line);
        case "match" -> active = isMatched(line, depth.counts()) && depth.counts();
        case "include" -> include(line, depth, active && depth.counts());
        default -> setting(line, active && depth.counts());
      }
    }
  }

  private boolean isMeant(ConfigLine line) {
    if (line.words().isEmpty()) {
      throw line.wrong("Host has no name", "write the hosts that the lines below are for");
    }
    return Wildcards.anyMatches(host, line.words());
  }

  private boolean isMatched(ConfigLine line, boolean counts) {
    wantsLast |= Criteria.asksForSecondReading(line);
    String user = settled.word("user").orElse(caller.user());
    Criteria criteria = new Criteria(current(), original, user, caller.user(), last);
    return counts && criteria.hold(line);
  }

  /** Returns the host's name as HostName has it by now. */
  private String current() {
    return settled
        .first("hostname")
        .map(line -> Tokens.ofHostName(caller, host).percent(line, line.word()))
        .orElse(host);
  }

  /** Takes in one setting. */
  void setting(ConfigLine read, boolean counts) {
    String keyword = Keywords.canonical(read.keyword());
    ConfigLine line = new ConfigLine(read.place(), keyword, read.rest(), read.words());
    if (!Keywords.isKnown(keyword)) {
      unknown(line);
      return;
    }
    if (!Keywords.isUsed(keyword)) {
      return;
    }
    Values.check(line);
    if (counts) {
      settled.add(line);
    }
  }

  private void unknown(ConfigLine line) {
    boolean ignored =
        settled
            .first("ignoreunknown")
            .filter(list -> Wildcards.listMatches(line.keyword(), small(list)))
            .isPresent();
    if (!ignored) {
      throw line.wrong(
          "there is no keyword "
              + line.keyword()
              + NearMiss.question(line.keyword(), List.copyOf(Keywords.used())),
          "correct it, or write IgnoreUnknown " + line.keyword() + " above it");
    }
  }

  private static String small(ConfigLine list) {
    return list.word().toLowerCase(Locale.ROOT);
  }

  private void include(ConfigLine line, Depth depth, boolean counts) {
    if (depth.level() >= MAX_DEPTH) {
      throw line.wrong(
          "files include each other more than " + MAX_DEPTH + " deep",
          "take the circle out of the Include lines");
    }
    if (line.words().isEmpty()) {
      throw line.wrong("Include names no file", "write the file, or remove the line");
    }
    for (String word : line.words()) {
      for (String path : files.matching(absolute(line, word, depth.own()))) {
        Depth below = new Depth(depth.own(), depth.level() + 1, counts);
        files.read(path, depth.own()).ifPresent(text -> read(path, text, below));
      }
    }
  }

  private String absolute(ConfigLine line, String word, boolean own) {
    if (word.contains("${") || word.contains("%")) {
      throw line.wrong("Include with variables is not supported here", "write the path itself");
    }
    if (word.startsWith("~")) {
      if (!own) {
        throw line.wrong("Include with ~ in the system's file", "write an absolute path");
      }
      return Tokens.tilde(line, caller, word);
    }
    if (word.startsWith("/")) {
      return word;
    }
    return (own ? caller.home() + "/.ssh/" : "/etc/ssh/") + word;
  }
}
