package dev.belay.core.builtin.falco.rules;

import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The rules files that Falco loads on a host, in its order: {@code rules_files} of falco.yaml
 * ({@code rules_file} before 0.38) and of its drop-ins, directories by the names of their files.
 */
final class HostRules {

  private static final RemotePath CONFIG = RemotePath.of("/etc/falco/falco.yaml");
  private static final RemotePath DROP_INS = RemotePath.of("/etc/falco/config.d");

  /** As every falco.yaml since 0.28 has them, as far as they concern us. */
  private static final List<String> USUAL =
      List.of(
          "/etc/falco/falco_rules.yaml", "/etc/falco/falco_rules.local.yaml", "/etc/falco/rules.d");

  private HostRules() {}

  static List<Fact<?>> reads() {
    List<Fact<?>> reads =
        new ArrayList<>(List.of(new FileFact(CONFIG), new DirectoryFact(DROP_INS)));
    USUAL.forEach(place -> reads.add(fact(place)));
    return reads;
  }

  /** Returns the questions about places that falco.yaml names beside the usual ones. */
  static List<Fact<?>> followUps(Facts facts) {
    return facts.knows(new FileFact(CONFIG)) && facts.knows(new DirectoryFact(DROP_INS))
        ? places(facts).stream().<Fact<?>>map(HostRules::fact).toList()
        : List.of();
  }

  /**
   * Returns the texts of the files that are there, in the order in which Falco loads them.
   *
   * @throws UnknownFactException when an earlier task will change which they are
   */
  static Map<RemotePath, Content> files(Facts facts) {
    Map<RemotePath, Content> files = new LinkedHashMap<>();
    for (String place : places(facts)) {
      Fact<?> fact = fact(place);
      if (!facts.has(fact)) {
        throw new UnknownFactException(
            fact + ": falco.yaml names it only once an earlier task is done");
      }
      if (fact instanceof DirectoryFact directory) {
        new TreeMap<>(facts.get(directory))
            .forEach(
                (name, content) -> {
                  if (isRules(name)) {
                    files.putIfAbsent(directory.path().resolve(name), content);
                  }
                });
      } else if (facts.get((FileFact) fact) instanceof FileState.Regular file) {
        files.putIfAbsent(((FileFact) fact).path(), file.content().orElse(Content.of("")));
      }
    }
    return files;
  }

  /** Tells whether Falco loads a file at this path, be it there or not. */
  static boolean loads(RemotePath path, Facts facts) {
    return places(facts).stream()
        .anyMatch(place -> path.value().equals(place) || path.parent().value().equals(place));
  }

  /** Returns the place of a file among those that are there. */
  static int place(RemotePath path, Facts facts) {
    List<String> places = places(facts);
    int exact = places.indexOf(path.value());
    return exact >= 0 ? exact : places.indexOf(path.parent().value());
  }

  private static boolean isRules(String name) {
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static Fact<?> fact(String place) {
    RemotePath path = RemotePath.of(place);
    return isRules(place) ? new FileFact(path) : new DirectoryFact(path);
  }

  private static List<String> places(Facts facts) {
    Stream<Content> config =
        facts.get(new FileFact(CONFIG)) instanceof FileState.Regular file
            ? file.content().stream()
            : Stream.empty();
    Stream<Content> dropIns =
        new TreeMap<>(facts.get(new DirectoryFact(DROP_INS))).values().stream();
    List<String> named =
        Stream.concat(config, dropIns)
            .flatMap(content -> named(content.bytes()).stream())
            .distinct()
            .collect(Collectors.toList());
    return named.isEmpty() ? USUAL : named;
  }

  /** A file that cannot be read names none; Falco says so itself. */
  private static List<String> named(byte[] yaml) {
    try {
      return StrictYaml.compose(yaml)
          .filter(MappingNode.class::isInstance)
          .map(root -> StrictYaml.entries((MappingNode) root))
          .orElse(List.of())
          .stream()
          .filter(entry -> entry.key().matches("rules_files?"))
          .flatMap(entry -> texts(entry.value()))
          .filter(text -> text.matches("/[^/\\x00]+(/[^/\\x00]+)*/?"))
          .map(text -> text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
          .toList();
    } catch (YamlFault unreadable) {
      return List.of();
    }
  }

  private static Stream<String> texts(Node node) {
    return node instanceof SequenceNode list
        ? list.getValue().stream().flatMap(HostRules::texts)
        : node instanceof ScalarNode scalar ? Stream.of(scalar.getValue()) : Stream.empty();
  }
}
