package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.StrictYaml.Entry;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.inventory.Draft.GroupDraft;
import dev.belay.core.inventory.Draft.Place;
import dev.belay.core.inventory.Draft.Var;
import dev.belay.core.inventory.HostNames.Named;
import dev.belay.core.inventory.HostNames.Unreadable;
import dev.belay.core.text.NearMiss;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads one inventory file; used once. */
final class InventoryReader {

  private static final List<String> SECTIONS = List.of("hosts", "vars", "children");

  private static final Pattern INI_SECTION = Pattern.compile("(?m)^\\[[\\w.: -]+]\\s*$");

  private final String source;
  private final Draft draft;
  private final VarReader vars;

  InventoryReader(String source, Draft draft) {
    this.source = source;
    this.draft = draft;
    this.vars = new VarReader(source, draft);
  }

  void read(byte[] yaml) {
    try {
      readYaml(yaml);
    } catch (YamlFault fault) {
      String text = new String(yaml, StandardCharsets.UTF_8);
      if (INI_SECTION.matcher(text).find()) {
        throw new YamlFault(
            fault.at(),
            fault.getMessage(),
            "this looks like an INI inventory: give it a name without .yaml, .yml or .json");
      }
      throw fault;
    }
  }

  private void readYaml(byte[] yaml) {
    Node root =
        StrictYaml.compose(yaml)
            .filter(node -> !StrictYaml.isNull(node))
            .orElseThrow(
                () ->
                    new YamlFault(
                        Position.START, "the inventory is empty", "write all:, hosts: and a host"));
    if (!(root instanceof MappingNode mapping)) {
      throw new YamlFault(
          Position.of(root),
          "the inventory is " + StrictYaml.describe(root) + ", not a mapping of groups",
          "start it with all:, below it hosts:, below that each host as \"name:\"");
    }
    for (Entry entry : entries(mapping, "the inventory")) {
      topLevel(entry);
      group(entry);
    }
  }

  private static void topLevel(Entry entry) {
    String name = entry.key();
    if (name.equals("plugin")) {
      throw new YamlFault(
          entry.keyAt(),
          "this configures an inventory plugin, which cannot be run here",
          "write its result to a file: ansible-inventory -i THIS --list --yaml");
    }
    if (!name.equals(Group.ALL) && name.equalsIgnoreCase(Group.ALL)) {
      throw new YamlFault(
          entry.keyAt(), "unknown group \"" + name + "\"; did you mean \"all\"?", "write all");
    }
    boolean misspelt = NearMiss.of(name, SECTIONS).isPresent();
    if (SECTIONS.contains(name) || misspelt && looksLikeSection(entry.value())) {
      throw new YamlFault(
          entry.keyAt(),
          "\"" + name + "\" stands at the top, where groups stand",
          "put all: above it and indent what follows");
    }
  }

  /** Tells a misspelt section from a group: a group holds sections. */
  private static boolean looksLikeSection(Node value) {
    return value instanceof MappingNode mapping
        && StrictYaml.entries(mapping).stream().noneMatch(entry -> SECTIONS.contains(entry.key()));
  }

  private void group(Entry entry) {
    String name = entry.key();
    if (SECTIONS.contains(name) || !HostNames.isGroupName(name)) {
      throw new YamlFault(
          entry.keyAt(),
          "\"" + name + "\" is no name of a group",
          SECTIONS.contains(name)
              ? "look at the indentation: \"" + name + "\" belongs directly below a group's name"
              : "use letters, digits, '_', '-' and '.'");
    }
    draft.groupPlaces.putIfAbsent(name, new Place(source, entry.keyAt()));
    GroupDraft group = draft.group(name);
    if (StrictYaml.isNull(entry.value())) {
      return;
    }
    if (!(entry.value() instanceof MappingNode mapping)) {
      throw new YamlFault(
          Position.of(entry.value()),
          "group \"" + name + "\" is " + StrictYaml.describe(entry.value()) + ", not a mapping",
          "write hosts:, vars: or children: below it");
    }
    for (Entry section : entries(mapping, "group \"" + name + "\"")) {
      section(name, group, section);
    }
  }

  private void section(String name, GroupDraft group, Entry section) {
    if (!SECTIONS.contains(section.key())) {
      throw new YamlFault(
          section.keyAt(),
          "unknown key \""
              + section.key()
              + "\" in group \""
              + name
              + "\""
              + NearMiss.question(section.key(), SECTIONS),
          sectionAdvice(section.key()));
    }
    for (Entry entry : members(name, section)) {
      switch (section.key()) {
        case "hosts" -> hosts(name, entry);
        case "children" -> {
          group(entry);
          group.children.add(entry.key());
        }
        default -> vars.read(List.of(entry), group.vars::put);
      }
    }
  }

  private static String sectionAdvice(String key) {
    Optional<String> near = NearMiss.of(key, SECTIONS);
    if (near.isPresent()) {
      return "write " + near.get();
    }
    return key.startsWith("ansible_")
        ? "variables of a group stand below vars:"
        : "a group has hosts, vars and children; is the indentation wrong?";
  }

  /** Returns what stands in a section; one bare name counts as a name without anything below. */
  private List<Entry> members(String group, Entry section) {
    Node value = section.value();
    if (StrictYaml.isNull(value)) {
      return List.of();
    }
    if (value instanceof MappingNode mapping) {
      return entries(mapping, section.key() + " of group \"" + group + "\"");
    }
    Optional<String> single = StrictYaml.text(value).filter(text -> !section.key().equals("vars"));
    if (single.isPresent()) {
      return List.of(new Entry(single.get(), Position.of(value), nothing(value)));
    }
    String item = section.key().equals("vars") ? "name: value" : "name:";
    throw new YamlFault(
        Position.of(value),
        section.key()
            + " of group \""
            + group
            + "\" is "
            + StrictYaml.describe(value)
            + ", not a mapping",
        value instanceof SequenceNode
            ? "leave the dashes out and write each as \"" + item + "\""
            : "write each on a line of its own as \"" + item + "\"");
  }

  private static Node nothing(Node at) {
    return new MappingNode(
        Tag.MAP, true, List.of(), at.getStartMark(), at.getEndMark(), FlowStyle.FLOW);
  }

  private void hosts(String group, Entry entry) {
    Named named = named(entry);
    List<Entry> own = hostVars(entry);
    Map<String, Var> read = new LinkedHashMap<>();
    vars.read(own, read::put);
    draft.add(group, named, new Place(source, entry.keyAt()));
    named.names().forEach(host -> draft.host(host).putAll(read));
  }

  private static Named named(Entry entry) {
    try {
      return HostNames.read(entry.key());
    } catch (Unreadable unreadable) {
      String advice =
          entry.key().contains(" ")
              ? "write each host on a line of its own with a colon after it"
              : unreadable.advice;
      throw new YamlFault(entry.keyAt(), unreadable.getMessage(), advice);
    }
  }

  private static List<Entry> hostVars(Entry entry) {
    if (StrictYaml.isNull(entry.value())) {
      return List.of();
    }
    if (!(entry.value() instanceof MappingNode mapping)) {
      throw new YamlFault(
          Position.of(entry.value()),
          "host \""
              + entry.key()
              + "\" is "
              + StrictYaml.describe(entry.value())
              + ", not a mapping",
          "write its variables below it, such as ansible_host: 10.0.0.1");
    }
    List<Entry> own = entries(mapping, "host \"" + entry.key() + "\"");
    own.stream()
        .filter(var -> SECTIONS.contains(var.key()) && var.value() instanceof MappingNode)
        .findFirst()
        .ifPresent(
            section -> {
              throw new YamlFault(
                  section.keyAt(),
                  "\"" + section.key() + "\" below host \"" + entry.key() + "\"",
                  "groups stand below children:, not below hosts:");
            });
    return own;
  }

  static List<Entry> entries(MappingNode mapping, String where) {
    List<Entry> entries = StrictYaml.entries(mapping);
    Set<String> seen = new HashSet<>();
    for (Entry entry : entries) {
      if (!seen.add(entry.key())) {
        throw new YamlFault(
            entry.keyAt(),
            "\"" + entry.key() + "\" is in " + where + " twice",
            "put both together; of two equal keys Ansible drops the first");
      }
    }
    return entries;
  }
}
