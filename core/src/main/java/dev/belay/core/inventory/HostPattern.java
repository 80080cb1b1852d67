package dev.belay.core.inventory;

import dev.belay.core.text.NearMiss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which hosts of an inventory are meant, in Ansible's pattern language.
 *
 * <p>Terms are joined by {@code ,} or {@code :}. A term is a host's name, a group's name, {@code
 * all}, or one of these with {@code *} and {@code ?} standing for any characters. {@code &term}
 * keeps only hosts that are in it, too; {@code !term} takes hosts out; both work after all other
 * terms, wherever they stand. {@code web[0]}, {@code web[-1]}, {@code web[1:3]} and {@code web[2:]}
 * are hosts of a group by their position from 0, both ends included; the group must have no groups
 * below it, whose order would not be plain. Not supported: regular expressions ({@code ~...}). Any
 * text is a pattern for the record; {@link #of} checks it.
 *
 * @param text the pattern as written
 */
public record HostPattern(String text) {

  private static final Pattern TERM =
      Pattern.compile("[!&]?[\\p{L}\\p{N}_*?][\\p{L}\\p{N}_.*? -]*");

  private static final Pattern POSITION =
      Pattern.compile(
          "([\\p{L}\\p{N}_][\\p{L}\\p{N}_. -]*)\\[(?:(-?\\d{1,6})|(\\d{1,6}):(\\d{0,6}))]");

  /** All hosts; below the patterns it is checked by. */
  public static final HostPattern ALL = new HostPattern(Group.ALL);

  /**
   * A term of a pattern that no host or group has.
   *
   * @param term the name without {@code !} and {@code &}
   * @param nearest the name probably meant
   */
  public record Unmatched(String term, Optional<String> nearest) {

    /** Returns it as a sentence. */
    @Override
    public String toString() {
      if (term.endsWith("]")) {
        return "no host is at \""
            + term
            + "\"; positions count from 0 in a group that has no groups below it";
      }
      return "no host or group is named \""
          + term
          + "\""
          + nearest.map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }
  }

  /**
   * Checks the terms.
   *
   * @throws InventoryException for a term that is none
   */
  public HostPattern {
    List<String> terms = terms(text);
    if (terms.isEmpty()) {
      throw refused(text, "it is empty", "name a host or group, or write all");
    }
    terms.forEach(term -> check(text, term));
  }

  /**
   * Returns the pattern of a text.
   *
   * @throws InventoryException for a text that is none
   */
  public static HostPattern of(String text) {
    return new HostPattern(text);
  }

  /**
   * Returns the hosts meant, each once, in the order of the terms and then of the inventory.
   *
   * <p>Empty where nothing matches; {@link #unmatched} tells why.
   */
  public List<Host> select(Inventory inventory) {
    List<String> terms = terms(text);
    Set<String> selected = new LinkedHashSet<>();
    List<String> adding = terms.stream().filter(term -> !isFilter(term)).toList();
    (adding.isEmpty() ? List.of(Group.ALL) : adding)
        .forEach(term -> selected.addAll(named(term, inventory)));
    terms.stream()
        .filter(term -> term.startsWith("&"))
        .forEach(term -> selected.retainAll(named(term.substring(1), inventory)));
    terms.stream()
        .filter(term -> term.startsWith("!"))
        .forEach(term -> named(term.substring(1), inventory).forEach(selected::remove));
    Map<String, Host> byName = new HashMap<>();
    inventory.hosts().forEach(host -> byName.put(host.name(), host));
    return selected.stream().map(byName::get).toList();
  }

  /** Returns the terms that name nothing in the inventory, those after ! and &amp; included. */
  public List<Unmatched> unmatched(Inventory inventory) {
    List<String> known = names(inventory).toList();
    List<Unmatched> unmatched = new ArrayList<>();
    for (String term : terms(text)) {
      String name = isFilter(term) ? term.substring(1) : term;
      if (named(name, inventory).isEmpty() && !known.contains(name)) {
        unmatched.add(new Unmatched(name, NearMiss.of(name, known)));
      }
    }
    return List.copyOf(unmatched);
  }

  /** Returns the text. */
  @Override
  public String toString() {
    return text;
  }

  private static Stream<String> names(Inventory inventory) {
    return Stream.concat(
        inventory.hosts().stream().map(Host::name), inventory.groups().stream().map(Group::name));
  }

  private static Set<String> named(String name, Inventory inventory) {
    Matcher position = POSITION.matcher(name);
    if (position.matches()) {
      return inventory
          .group(position.group(1))
          .filter(group -> group.children().isEmpty())
          .map(group -> at(group.ownHosts(), position))
          .orElse(Set.of());
    }
    Set<String> found = new LinkedHashSet<>();
    Pattern glob = glob(name);
    inventory.groups().stream()
        .filter(group -> isNamed(group.name(), name))
        .forEach(group -> found.addAll(group.hosts()));
    inventory.hosts().stream()
        .map(Host::name)
        .filter(host -> glob.matcher(host).matches())
        .forEach(found::add);
    return found;
  }

  private static Set<String> at(List<String> hosts, Matcher position) {
    int from;
    int last;
    if (position.group(2) != null) {
      int index = Integer.parseInt(position.group(2));
      from = index < 0 ? hosts.size() + index : index;
      last = from;
    } else {
      from = Integer.parseInt(position.group(3));
      last = position.group(4).isEmpty() ? hosts.size() - 1 : Integer.parseInt(position.group(4));
    }
    int end = Math.min(last + 1, hosts.size());
    return from < 0 || from >= end ? Set.of() : new LinkedHashSet<>(hosts.subList(from, end));
  }

  /** A glob such as {@code a*} is never meant for the groups that always exist. */
  private static boolean isNamed(String group, String name) {
    boolean builtin = group.equals(Group.ALL) || group.equals(Group.UNGROUPED);
    return builtin ? group.equals(name) : glob(name).matcher(group).matches();
  }

  private static Pattern glob(String name) {
    StringBuilder regex = new StringBuilder();
    for (char c : name.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString());
  }

  private static boolean isFilter(String term) {
    return term.startsWith("&") || term.startsWith("!");
  }

  private static List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    for (String part : text.split(",")) {
      String stripped = part.strip();
      String name = isFilter(stripped) ? stripped.substring(1) : stripped;
      if (HostNames.isIpv6(name)) {
        terms.add(stripped);
      } else {
        Stream.of(part.split(":(?![^\\[]*])"))
            .map(String::strip)
            .filter(t -> !t.isEmpty())
            .forEach(terms::add);
      }
    }
    return terms;
  }

  private static void check(String text, String term) {
    String name = isFilter(term) ? term.substring(1) : term;
    if (TERM.matcher(term).matches()
        || POSITION.matcher(name).matches()
        || HostNames.isIpv6(name)) {
      return;
    }
    if (name.startsWith("~")) {
      throw refused(text, "regular expressions are not supported", "write such as web* instead");
    }
    if (name.contains("[")) {
      throw refused(
          text,
          "\"" + term + "\" is no position in a group",
          "write such as web[0], web[1:3] or web[2:], or name the hosts");
    }
    throw refused(text, "\"" + term + "\" is no name of a host or group", "join names by , or :");
  }

  private static InventoryException refused(String text, String wrong, String advice) {
    return new InventoryException("host pattern \"" + text + "\"", wrong, advice);
  }
}
