package dev.belay.cli;

import dev.belay.core.text.NearMiss;
import dev.belay.core.yaml.YamlNode;
import dev.belay.core.yaml.YamlRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What counts where the command line does not say it: variables {@code BELAY_FORKS} and the like,
 * and after them the file {@code belay.yaml} of the directory one is in.
 *
 * <p>Both name options by their long form. One that a command does not take is passed over there. A
 * file that others may write is refused, since it decides how hosts are reached; so is one in a
 * directory of that kind, such as /tmp.
 */
final class Defaults {

  /** Nothing is said anywhere. */
  static final Defaults NONE = new Defaults(Map.of());

  private static final String FILE = "belay.yaml";
  private static final List<String> YES = List.of("1", "true", "yes", "on");
  private static final List<String> NO = List.of("0", "false", "no", "off");

  private final Map<Flag, Given> given;

  private Defaults(Map<Flag, Given> given) {
    this.given = Map.copyOf(given);
  }

  /**
   * What was said of one option.
   *
   * @param values its values; for an option without a value one word, {@code true}
   * @param where it was said, for messages
   */
  record Given(List<String> values, String where) {}

  static Defaults ofProcess() {
    return of(System.getenv(), Path.of(""));
  }

  /**
   * Reads them.
   *
   * @throws ComplaintException for a file that cannot be read, an option that does not exist, or a
   *     value of the wrong kind
   */
  static Defaults of(Map<String, String> environment, Path folder) {
    Map<Flag, Given> given = new EnumMap<>(Flag.class);
    file(folder).ifPresent(file -> read(file, given));
    for (Flag flag : Flag.values()) {
      String name = "BELAY_" + flag.word().replace('-', '_').toUpperCase(Locale.ROOT);
      String value = environment.getOrDefault(name, "");
      if (flag.hasDefault() && !value.isEmpty()) {
        put(given, flag, List.of(value), name);
      }
    }
    return new Defaults(given);
  }

  /** Returns what was said of an option. */
  Optional<Given> of(Flag flag) {
    return Optional.ofNullable(given.get(flag));
  }

  private static void put(Map<Flag, Given> all, Flag flag, List<String> values, String where) {
    if (flag.takesValue()) {
      all.put(flag, new Given(values, where));
      return;
    }
    String word = String.join(" ", values).toLowerCase(Locale.ROOT);
    if (YES.contains(word)) {
      all.put(flag, new Given(List.of("true"), where));
    } else if (NO.contains(word)) {
      all.remove(flag);
    } else {
      throw ComplaintException.usage(
          where + " is neither yes nor no", "true or false", word, "correct it, or take it away");
    }
  }

  private static Optional<Path> file(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      for (Path each : List.of(file.toRealPath(), file.toRealPath().getParent())) {
        if (Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_WRITE)) {
          throw ComplaintException.refused(
              FILE + " is not to be trusted",
              "a file, in a directory, that only you and your group may write",
              each + " may be written by everybody",
              "chmod o-w " + each + ", or go to another directory");
        }
      }
      return Optional.of(file);
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  private static void read(Path file, Map<Flag, Given> given) {
    try {
      YamlNode root = YamlNode.read(Files.readAllBytes(file));
      if (root.isNull()) {
        return;
      }
      if (!(root instanceof YamlNode.Mapping options)) {
        throw wrong(root, "a mapping of options, such as forks: 10", "something else");
      }
      options.entries().forEach(entry -> read(entry, given));
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    } catch (YamlRefused refused) {
      throw ComplaintException.usage(
          FILE + " cannot be understood", "YAML", refused.reason(), refused.hint(), refused);
    }
  }

  private static void read(YamlNode.Entry entry, Map<Flag, Given> given) {
    String key = entry.key() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    Flag flag =
        Arrays.stream(Flag.values())
            .filter(each -> each.hasDefault() && each.word().equals(key))
            .findFirst()
            .orElseThrow(() -> unknown(entry.key(), key));
    if (given.containsKey(flag)) {
      throw wrong(entry.key(), "each option once", key + " a second time");
    }
    List<YamlNode> nodes =
        entry.value() instanceof YamlNode.Sequence list ? list.items() : List.of(entry.value());
    List<String> values = nodes.stream().map(node -> text(node, flag)).toList();
    if (values.size() > 1 && !flag.repeats()) {
      throw wrong(entry.value(), "one value for " + key, values.size() + " values");
    }
    put(given, flag, values, FILE + " line " + entry.key().line() + ": " + key);
  }

  private static String text(YamlNode node, Flag flag) {
    if (node instanceof YamlNode.Scalar scalar && !node.isNull()) {
      return scalar.text();
    }
    throw wrong(node, "a value for " + flag.word(), node.isNull() ? "none" : "something else");
  }

  private static ComplaintException unknown(YamlNode at, String key) {
    List<String> known =
        Arrays.stream(Flag.values()).filter(Flag::hasDefault).map(Flag::word).toList();
    return ComplaintException.usage(
        FILE + " line " + at.line() + ": there is no option " + key,
        "one of " + String.join(", ", known),
        key,
        NearMiss.of(key, known)
            .map(near -> "did you mean " + near + "?")
            .orElse("take the line away"));
  }

  private static ComplaintException wrong(YamlNode at, String wanted, String got) {
    return ComplaintException.usage(
        FILE + " line " + at.line() + " cannot be understood", wanted, got, "correct the line");
  }

  private static ComplaintException unreadable(IOException why) {
    return ComplaintException.usage(
        FILE + " cannot be read", "to read it", why.toString(), "check its permissions", why);
  }
}
