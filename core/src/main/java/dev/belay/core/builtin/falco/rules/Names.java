package dev.belay.core.builtin.falco.rules;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Checks of names, and of what stands below them. */
final class Names {

  /** As in falcosecurity/falco userspace/engine/rule_loader_reader.cpp. */
  private static final Pattern MACRO = Pattern.compile("[a-zA-Z]+[a-zA-Z0-9_]*");

  private static final Pattern LIST = Pattern.compile("[^()\"'\\s=,]+");

  private Names() {}

  static void notEmpty(String kind, String name) {
    if (name.isBlank() || name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw FalcoRulesException.of("a " + kind + " has no name", "give it a name on one line");
    }
  }

  static void macro(String name) {
    notEmpty("macro", name);
    if (!MACRO.matcher(name).matches()) {
      throw FalcoRulesException.of(
          "macro \"" + name + "\" has a name that no condition can refer to",
          "use letters, digits and _, a letter first");
    }
  }

  static void list(String name) {
    notEmpty("list", name);
    if (!LIST.matcher(name).matches()) {
      throw FalcoRulesException.of(
          "list \"" + name + "\" has a name that no condition can refer to",
          "use no blanks, quotes, parentheses, commas or =");
    }
  }

  /** Returns what is made, or throws the reason why not with the item's label before it. */
  static <T> T within(String label, Supplier<T> made) {
    try {
      return made.get();
    } catch (FalcoRulesException refused) {
      List<RulesProblem> problems =
          refused.problems().stream()
              .map(
                  one ->
                      new RulesProblem(
                          label + ": " + one.text(), one.advice(), one.line(), one.column()))
              .toList();
      throw new FalcoRulesException(problems);
    }
  }
}
