package dev.belay.core.transport.sshconfig;

import dev.belay.core.transport.sshconfig.SshRoute.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the value of ProxyJump: hops with commas, each {@code [user@]host[:port]} or a URI. */
final class Jumps {

  private static final Pattern HOP =
      Pattern.compile(
          "(?:ssh://)?(?:(?<user>.*)@)?(?:\\[(?<address>[^\\[\\]]+)]|(?<name>[^:\\[\\]]+))"
              + "(?::(?<port>\\d{0,5}))?/?");

  private Jumps() {}

  /** Returns the hops from the nearest one; none for {@code none}. */
  static List<Hop> read(ConfigLine line) {
    String word = line.word();
    List<Hop> hops = new ArrayList<>();
    if (!word.equalsIgnoreCase("none")) {
      for (String hop : word.split(",", -1)) {
        hops.add(hop(line, hop));
      }
    }
    return hops;
  }

  private static Hop hop(ConfigLine line, String text) {
    Matcher hop = HOP.matcher(text);
    if (!hop.matches() || "".equals(hop.group("user")) || isOption(hop)) {
      throw line.wrong(
          "\"" + text + "\" is no jump host",
          "write such as user@bastion:22, and an IPv6 address as [::1]");
    }
    String port = hop.group("port");
    return new Hop(
        hop.group("address") == null ? hop.group("name") : hop.group("address"),
        Optional.ofNullable(hop.group("user")),
        port == null || port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(port(line, port)));
  }

  /** What begins with a dash would be an option to the ssh that OpenSSH starts for the hop. */
  private static boolean isOption(Matcher hop) {
    String name = hop.group("name");
    return name != null && name.startsWith("-");
  }

  private static int port(ConfigLine line, String digits) {
    return Values.port(new ConfigLine(line.place(), line.keyword(), digits, List.of(digits)));
  }
}
