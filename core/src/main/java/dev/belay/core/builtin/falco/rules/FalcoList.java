package dev.belay.core.builtin.falco.rules;

import java.util.List;

/**
 * Values that have a name. An item may be the name of an earlier list.
 *
 * @param name without blanks, quotes, parentheses, commas and {@code =}
 * @param items texts; one with blanks is quoted by Falco itself
 * @param merge whether it takes the place of an earlier one, or is added to it
 */
public record FalcoList(String name, List<String> items, Merge merge) implements FalcoItem {

  /**
   * Checks the name.
   *
   * @throws FalcoRulesException when no condition could refer to it
   */
  public FalcoList {
    Names.list(name);
    items = List.copyOf(items);
  }

  @Override
  public String label() {
    return "list \"" + name + "\"";
  }
}
