package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.inventory.Draft.Place;
import dev.belay.core.inventory.Draft.Var;
import dev.belay.core.inventory.HostNames.Named;
import dev.belay.core.inventory.HostNames.Unreadable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Ansible's INI inventories.
 *
 * <p>Values are Python literals where they can be, texts elsewhere: {@code a=1,2} is a list. Host
 * lines are cut like a shell's before that, lines below {@code [x:vars]} are not. Source:
 * ansible/ansible lib/ansible/plugins/inventory/ini.py of 2.14.
 */
final class IniReader {

  private static final Pattern SECTION =
      Pattern.compile("\\[([^:\\]\\s]+)(?::(\\w+))?]\\s*(?:#.*)?");
  private static final Pattern NAME = Pattern.compile("([^:\\]\\s]+)\\s*(?:#.*)?");

  private final String source;
  private final Draft draft;
  private final VarChecks checks;

  /** Groups that are named as children or get variables and are not declared yet. */
  private final Map<String, Pending> pending = new LinkedHashMap<>();

  private Place place;
  private String group = Group.UNGROUPED;
  private String state = "hosts";

  /** A group that is waited for, and who waits. */
  private record Pending(Place place, boolean child, List<String> parents) {}

  IniReader(String source, Draft draft) {
    this.source = source;
    this.draft = draft;
    this.checks = new VarChecks(draft);
  }

  void read(byte[] ini) {
    int number = 0;
    for (String raw : decode(ini).split("\r\n|[\n\r\u000b\f\u0085\u2028\u2029]", -1)) {
      number++;
      place =
          new Place(source, new Position(number, 1 + raw.length() - raw.stripLeading().length()));
      String line = raw.strip();
      if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
        line(line);
      }
    }
    pending.forEach(this::missing);
  }

  private String decode(byte[] ini) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(ini)).toString();
    } catch (CharacterCodingException e) {
      throw new Place(source, Position.START)
          .wrong("the file is not UTF-8", "save the file as UTF-8");
    }
  }

  private void missing(String name, Pending waiting) {
    throw waiting.child()
        ? waiting
            .place()
            .wrong(
                "["
                    + waiting.parents().get(waiting.parents().size() - 1)
                    + ":children] names the group \""
                    + name
                    + "\", which is nowhere",
                "correct the name, or declare it: [" + name + "]")
        : waiting
            .place()
            .wrong(
                "[" + name + ":vars] is for a group that is nowhere",
                "correct the name, or declare it: [" + name + "]");
  }

  private void line(String line) {
    Matcher section = SECTION.matcher(line);
    if (section.matches()) {
      section(section.group(1), section.group(2) == null ? "hosts" : section.group(2));
    } else if (line.startsWith("[") && line.endsWith("]")) {
      throw place.wrong(
          line + " is no section", "write such as [web], [web:vars] or [web:children], no blanks");
    } else {
      switch (state) {
        case "hosts" -> hosts(line);
        case "vars" -> variable(line);
        default -> child(line);
      }
    }
  }

  private void section(String name, String kind) {
    if (!List.of("hosts", "vars", "children").contains(kind)) {
      throw place.wrong(
          "a section of kind \"" + kind + "\"",
          "write :vars, :children, or nothing after the name");
    }
    group = name;
    state = kind;
    boolean vars = kind.equals("vars");
    if (!draft.groups.containsKey(name)) {
      if (vars) {
        pending.putIfAbsent(name, new Pending(place, false, new ArrayList<>()));
      }
      requireName(name);
      draft.group(name);
      draft.groupPlaces.putIfAbsent(name, place);
    }
    if (!vars && pending.containsKey(name)) {
      pending.remove(name).parents().forEach(parent -> draft.group(parent).children.add(name));
    }
  }

  private void requireName(String name) {
    if (!HostNames.isGroupName(name)) {
      throw place.wrong(
          "\"" + name + "\" is no name of a group", "use letters, digits, '_', '-' and '.'");
    }
  }

  private void child(String line) {
    Matcher name = NAME.matcher(line);
    if (!name.matches()) {
      throw place.wrong("\"" + line + "\" is no name of a group", "write one name on a line");
    }
    String child = name.group(1);
    if (draft.groups.containsKey(child)) {
      draft.group(group).children.add(child);
    } else {
      pending
          .computeIfAbsent(child, unused -> new Pending(place, true, new ArrayList<>()))
          .parents()
          .add(group);
    }
  }

  private void variable(String line) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw place.wrong("\"" + line + "\" is no variable", "write name=value");
    }
    String name = line.substring(0, equals).strip();
    draft.group(group).vars.put(name, value(name, line.substring(equals + 1).strip()));
  }

  private void hosts(String line) {
    List<String> words = words(line);
    Named named = named(words.get(0));
    Map<String, Var> vars = new LinkedHashMap<>();
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw place.wrong(
            "\"" + word + "\" is no variable", "write name=value, with quotes around blanks");
      }
      String name = word.substring(0, equals);
      vars.put(name, value(name, word.substring(equals + 1)));
    }
    draft.add(group, named, place);
    named.names().forEach(name -> draft.host(name).putAll(vars));
  }

  private List<String> words(String line) {
    try {
      return ShellWords.split(line);
    } catch (Unreadable unreadable) {
      throw place.wrong(unreadable.getMessage(), unreadable.advice);
    }
  }

  private Named named(String word) {
    try {
      return HostNames.read(word);
    } catch (Unreadable unreadable) {
      throw place.wrong(unreadable.getMessage(), unreadable.advice);
    }
  }

  private Var value(String name, String text) {
    try {
      Object value = PythonLiteral.read(text);
      return new Var(place, checks.plain(name, value, text, place));
    } catch (Unreadable unreadable) {
      throw place.wrong(name + ": " + unreadable.getMessage(), unreadable.advice);
    }
  }
}
