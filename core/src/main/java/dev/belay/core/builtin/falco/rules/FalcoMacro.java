package dev.belay.core.builtin.falco.rules;

/**
 * A part of a condition that has a name.
 *
 * @param name letters, digits and {@code _}
 * @param condition the part; lines of it are joined
 * @param merge whether it takes the place of an earlier one, or is added to it
 */
public record FalcoMacro(String name, String condition, Merge merge) implements FalcoItem {

  /**
   * Checks what Falco checks while loading.
   *
   * @throws FalcoRulesException when Falco would refuse it
   */
  public FalcoMacro {
    Names.macro(name);
    String folded = RuleText.folded(condition);
    Names.within(
        "macro \"" + name + "\"",
        () -> merge == Merge.APPEND ? Condition.parseAppended(folded) : Condition.parse(folded));
    condition = folded;
  }

  @Override
  public String label() {
    return "macro \"" + name + "\"";
  }
}
