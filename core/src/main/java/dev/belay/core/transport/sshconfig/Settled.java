package dev.belay.core.transport.sshconfig;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has been said so far. The first value of a keyword wins; key files add up. */
final class Settled {

  private static final Set<String> ADDING = Set.of("identityfile", "certificatefile");
  private static final String JUMP = "proxyjump";
  private static final String COMMAND = "proxycommand";

  private final Map<String, List<ConfigLine>> lines = new HashMap<>();

  void add(ConfigLine line) {
    List<ConfigLine> before = lines.computeIfAbsent(line.keyword(), unused -> new ArrayList<>());
    boolean adds = ADDING.contains(line.keyword());
    boolean same = before.stream().anyMatch(one -> one.words().equals(line.words()));
    if (adds ? !same : before.isEmpty() && !isBarred(line.keyword())) {
      before.add(line);
    }
  }

  /** Of a jump and a command the first one counts; {@code ProxyJump none} bars no command. */
  private boolean isBarred(String keyword) {
    return keyword.equals(JUMP) && first(COMMAND).isPresent()
        || keyword.equals(COMMAND) && first(JUMP).filter(jump -> !isNone(jump)).isPresent();
  }

  static boolean isNone(ConfigLine line) {
    return line.words().size() == 1 && line.words().get(0).equalsIgnoreCase("none");
  }

  List<ConfigLine> all(String keyword) {
    return lines.getOrDefault(keyword, List.of());
  }

  Optional<ConfigLine> first(String keyword) {
    return all(keyword).stream().findFirst();
  }

  Optional<String> word(String keyword) {
    return first(keyword).map(ConfigLine::word);
  }
}
