package dev.belay.core.builtin.falco.rules;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a condition of Falco's filter language refers to. Thread-safe; does no I/O.
 *
 * @param macros macros that it names
 * @param values values without quotes that it compares with: names of lists, or just values
 */
public record Condition(Set<String> macros, Set<String> values) {

  /** Copies the sets, in order of their names. */
  public Condition {
    macros = Collections.unmodifiableSet(new TreeSet<>(macros));
    values = Collections.unmodifiableSet(new TreeSet<>(values));
  }

  /**
   * Reads a condition.
   *
   * @throws FalcoRulesException when Falco could not compile it, saying where
   */
  public static Condition parse(String text) {
    return new ConditionParser(text).whole();
  }

  /**
   * Reads a condition that is added to another one, and so begins with {@code and} or {@code or}.
   *
   * @throws FalcoRulesException when it does not, or Falco could not compile it
   */
  public static Condition parseAppended(String text) {
    if (!text.strip().matches("(?s)(and|or)[\\s(].*")) {
      throw FalcoRulesException.of(
          "the condition \"" + text + "\" is added to another one, but begins with neither",
          "begin it with and, or with or");
    }
    return parse("evt.num>=0 " + text.strip());
  }
}
