package dev.belay.core.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names, ports and ranges of hosts as Ansible writes them.
 *
 * <p>Source: ansible/ansible lib/ansible/parsing/utils/addresses.py and
 * lib/ansible/plugins/inventory/__init__.py ({@code expand_hostname_range}).
 */
final class HostNames {

  /** No leading '-', which ssh would take for an option. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*");

  private static final Pattern GROUP_NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_. -]*");
  private static final Pattern BRACKETED =
      Pattern.compile("\\[([0-9A-Fa-f:.]+(?:%\\w+)?)](?::(\\w*))?");
  private static final Pattern WITH_PORT =
      Pattern.compile("((?:[^:\\[\\]]++|\\[[^\\]]*+])++):(\\w*)");
  private static final Pattern RANGE = Pattern.compile("\\[([^\\[\\]]*)]");
  private static final Pattern NUMBERS = Pattern.compile("(\\d{0,9}):(\\d{1,9})(?::(\\d{1,9}))?");
  private static final Pattern LETTERS = Pattern.compile("([a-zA-Z]):([a-zA-Z])(?::(\\d{1,9}))?");
  private static final Pattern IPV6 =
      Pattern.compile("(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{0,4}|[0-9.]+)(?:%\\w+)?");

  static final int MAX_HOSTS = 10_000;

  /** Why a text is no name of hosts, and what to do; the caller knows the place. */
  static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    final String advice;

    Unreadable(String wrong, String advice) {
      super(wrong);
      this.advice = advice;
    }
  }

  /** The hosts one text names, with the port it gives for all of them. */
  record Named(List<String> names, OptionalInt port) {}

  private HostNames() {}

  static boolean isPort(int port) {
    return port >= 1 && port <= 65_535;
  }

  /** Tells whether a text is an IPv6 address, not the terms of a pattern such as {@code a:b}. */
  static boolean isIpv6(String text) {
    if (!IPV6.matcher(text).matches()) {
      return false;
    }
    String address = text.replaceFirst("%.*", "");
    long colons = address.chars().filter(c -> c == ':').count();
    boolean shortened = address.contains("::");
    boolean twice = address.indexOf("::") != address.lastIndexOf("::");
    boolean loose =
        address.startsWith(":") && !address.startsWith("::")
            || address.endsWith(":") && !address.endsWith("::");
    return !loose && !twice && (shortened || colons == 7 || colons == 6 && address.contains("."));
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches() || isIpv6(text);
  }

  static boolean isGroupName(String text) {
    return GROUP_NAME.matcher(text).matches() && !text.endsWith(" ");
  }

  /** Reads {@code name}, {@code name:port}, {@code [IPv6]:port} or a range of names. */
  static Named read(String text) throws Unreadable {
    Matcher bracketed = BRACKETED.matcher(text);
    if (bracketed.matches() && isIpv6(bracketed.group(1))) {
      return new Named(List.of(bracketed.group(1)), port(bracketed.group(2)));
    }
    if (isIpv6(text)) {
      return new Named(List.of(text), OptionalInt.empty());
    }
    Matcher withPort = WITH_PORT.matcher(text);
    if (withPort.matches()) {
      return new Named(names(withPort.group(1)), port(withPort.group(2)));
    }
    return new Named(names(text), OptionalInt.empty());
  }

  private static OptionalInt port(String digits) throws Unreadable {
    if (digits == null) {
      return OptionalInt.empty();
    }
    if (!digits.matches("\\d{1,5}") || !isPort(Integer.parseInt(digits))) {
      throw new Unreadable(
          "\"" + digits + "\" is no port", "write a number between 1 and 65535 after the colon");
    }
    return OptionalInt.of(Integer.parseInt(digits));
  }

  private static List<String> names(String text) throws Unreadable {
    List<String> names = expand(text);
    for (String name : names) {
      if (!isName(name)) {
        throw new Unreadable(
            "\"" + name + "\" is no name of a host",
            "use letters, digits, '.', '-' and '_', or an IP address; each host for itself");
      }
    }
    return names;
  }

  /** Replaces every range, the first one counting slowest. */
  private static List<String> expand(String text) throws Unreadable {
    List<String> names = List.of(text);
    while (names.get(0).contains("[")) {
      List<String> longer = new ArrayList<>();
      for (String name : names) {
        Matcher range = RANGE.matcher(name);
        if (!range.find()) {
          throw new Unreadable(
              "the bracket in \"" + text + "\" is not closed", "write such as cp[1:3]");
        }
        for (String value : values(range.group(1))) {
          longer.add(name.substring(0, range.start()) + value + name.substring(range.end()));
        }
        limit(longer.size(), text);
      }
      names = longer;
    }
    return names;
  }

  private static List<String> values(String range) throws Unreadable {
    Matcher letters = LETTERS.matcher(range);
    if (letters.matches()) {
      return letters(
          letters.group(1).charAt(0), letters.group(2).charAt(0), step(letters.group(3)), range);
    }
    Matcher numbers = NUMBERS.matcher(range);
    if (!numbers.matches()) {
      throw new Unreadable(
          "\"[" + range + "]\" is no range", "write such as [1:3], [01:10] or [a:c]");
    }
    String first = numbers.group(1).isEmpty() ? "0" : numbers.group(1);
    boolean padded = first.length() > 1 && first.startsWith("0");
    if (padded && first.length() != numbers.group(2).length()) {
      throw new Unreadable(
          "both ends of \"[" + range + "]\" must have as many digits", "write such as [01:10]");
    }
    return numbers(first, numbers.group(2), step(numbers.group(3)), padded, range);
  }

  private static List<String> numbers(
      String first, String last, int step, boolean padded, String range) throws Unreadable {
    int from = Integer.parseInt(first);
    int to = Integer.parseInt(last);
    forwards(from, to, range);
    limit((to - from) / step, range);
    List<String> values = new ArrayList<>();
    for (int value = from; value <= to; value += step) {
      values.add(padded ? String.format("%0" + first.length() + "d", value) : "" + value);
    }
    return values;
  }

  private static List<String> letters(char first, char last, int step, String range)
      throws Unreadable {
    forwards(first, last, range);
    List<String> values = new ArrayList<>();
    for (int value = first; value <= last; value += step) {
      values.add(String.valueOf((char) value));
    }
    return values;
  }

  private static int step(String digits) throws Unreadable {
    int step = digits == null ? 1 : Integer.parseInt(digits);
    if (step == 0) {
      throw new Unreadable("the step of a range cannot be 0", "write such as [1:9:2]");
    }
    return step;
  }

  private static void forwards(int from, int to, String range) throws Unreadable {
    if (from > to) {
      throw new Unreadable("\"[" + range + "]\" runs backwards", "put the smaller end first");
    }
  }

  /** Refuses more hosts than one inventory can have. */
  static void limit(int hosts, Draft.Place place) {
    if (hosts > MAX_HOSTS) {
      throw place.wrong("more than " + MAX_HOSTS + " hosts", "split the inventory");
    }
  }

  private static void limit(int size, String text) throws Unreadable {
    if (size > MAX_HOSTS) {
      throw new Unreadable(
          "\"" + text + "\" names more than " + MAX_HOSTS + " hosts", "name fewer");
    }
  }
}
