package dev.belay.core.builtin.kube;

import dev.belay.core.builtin.kube.Argument.Place;
import dev.belay.core.yaml.YamlNode;
import dev.belay.core.yaml.YamlNode.Scalar;
import dev.belay.core.yaml.YamlRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The command line of a container: {@code command} and then {@code args}.
 *
 * @param items its items
 * @param places where each stands
 * @param from the first item after the program; items before it belong to a wrapper
 */
record CommandLine(List<String> items, List<Place> places, int from) {
  static final String COMMAND = "command";
  static final String ARGS = "args";

  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "dash", "ash", "ksh", "zsh", "busybox");
  private static final Pattern SHELL_COMMAND = Pattern.compile("-[a-z]*c");
  private static final Pattern WHOLE_LINE =
      Pattern.compile("[^-].*\\s--?[A-Za-z].*", Pattern.DOTALL);
  private static final String HYPERKUBE = "hyperkube";

  /**
   * Reads the command line of {@code container}.
   *
   * @param program the file name of the program whose flags are meant, such as kube-apiserver
   * @throws YamlRefused when a list holds anything but single values
   */
  static CommandLine of(YamlNode container, String program) {
    List<String> items = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    for (String list : List.of(COMMAND, ARGS)) {
      for (YamlNode item : itemsOf(container, list)) {
        places.add(
            new Place(list, places.stream().mapToInt(p -> p.list().equals(list) ? 1 : 0).sum()));
        items.add(text(item, list));
      }
    }
    return new CommandLine(List.copyOf(items), List.copyOf(places), firstArgument(items, program));
  }

  /** Tells whether {@code program} itself is among the items. */
  boolean runs(String program) {
    return items.stream().anyMatch(item -> baseName(item).equals(program));
  }

  /** Returns the flags of the program, in order. */
  List<Argument> arguments() {
    List<Argument> found = new ArrayList<>();
    for (int i = from; i < items.size() && !items.get(i).equals(Argument.DASHES); i++) {
      if (items.get(i).startsWith(Argument.DASHES)) {
        Argument argument = Argument.of(items.get(i), places.get(i));
        if (argument.value().isEmpty() && nextIsValue(i)) {
          i++;
          argument = argument.withValue(items.get(i), places.get(i));
        }
        found.add(argument);
      }
    }
    return found;
  }

  /** Returns where a new flag goes: below the last one, in {@code args} if any is there. */
  Optional<Place> placeForNewFlag() {
    List<Place> ends = arguments().stream().map(argument -> argument.last().next()).toList();
    Optional<Place> inArgs = last(ends.stream().filter(p -> p.list().equals(ARGS)).toList());
    Optional<Place> below = inArgs.or(() -> last(ends));
    boolean noProgram = from == 0;
    return below.or(
        () -> noProgram ? last(places).map(Place::next) : Optional.of(places.get(from - 1).next()));
  }

  /** Refuses a command line that a shell takes apart, as its words are not list items. */
  void refuseShell(YamlNode container) {
    for (int i = 0; i < items.size(); i++) {
      boolean shell =
          SHELLS.contains(baseName(items.get(i)))
              && i + 1 < items.size()
              && SHELL_COMMAND.matcher(items.get(i + 1)).matches();
      if (shell || WHOLE_LINE.matcher(items.get(i)).matches()) {
        throw YamlRefused.at(
            container.get(places.get(i).list()).orElse(container).line(),
            "the command is one shell string, not a list of arguments",
            "write each argument as a list item of its own");
      }
    }
  }

  private boolean nextIsValue(int i) {
    return i + 1 < items.size() && !items.get(i + 1).startsWith("-");
  }

  private static List<YamlNode> itemsOf(YamlNode container, String list) {
    Optional<YamlNode> node = container.get(list).filter(present -> !present.isNull());
    if (node.isPresent() && !(node.get() instanceof YamlNode.Sequence)) {
      throw YamlRefused.at(
          node.get().line(),
          list + " is not a list",
          "write each argument as a list item of its own");
    }
    return node.map(YamlNode::list).orElse(List.of());
  }

  private static String text(YamlNode item, String list) {
    if (item instanceof Scalar scalar && !scalar.isNull()) {
      return scalar.text();
    }
    throw YamlRefused.at(
        item.line(), list + " holds an item that is no text", "write one argument there");
  }

  private static int firstArgument(List<String> items, String program) {
    for (int i = 0; i < items.size(); i++) {
      String name = baseName(items.get(i));
      if (name.equals(program) || name.equals(HYPERKUBE)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static String baseName(String item) {
    return item.substring(item.lastIndexOf('/') + 1);
  }

  private static <T> Optional<T> last(List<T> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
  }
}
