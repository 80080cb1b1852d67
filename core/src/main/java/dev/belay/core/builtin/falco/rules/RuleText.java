package dev.belay.core.builtin.falco.rules;

import java.util.Optional;

/**
 * The texts of a rule. Line breaks become blanks: to Falco they are the same.
 *
 * @param desc what it describes
 * @param condition when it raises an alert, in Falco's filter language
 * @param output text of the alert, with fields such as {@code %proc.cmdline}
 */
public record RuleText(Optional<String> desc, Optional<String> condition, Optional<String> output) {

  static final RuleText NONE = new RuleText(Optional.empty(), Optional.empty(), Optional.empty());

  /** Folds the lines. */
  public RuleText {
    desc = desc.map(RuleText::folded);
    condition = condition.map(RuleText::folded);
    output = output.map(RuleText::folded);
  }

  RuleText withDesc(String text) {
    return new RuleText(Optional.of(text), condition, output);
  }

  RuleText withCondition(String text) {
    return new RuleText(desc, Optional.of(text), output);
  }

  RuleText withOutput(String text) {
    return new RuleText(desc, condition, Optional.of(text));
  }

  static String folded(String text) {
    return text.strip().replaceAll("[ \\t]*[\\r\\n]+[ \\t\\r\\n]*", " ");
  }
}
