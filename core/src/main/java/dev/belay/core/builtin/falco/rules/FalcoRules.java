package dev.belay.core.builtin.falco.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The items of a rules file, in order.
 *
 * @param items what is before counts first; later ones may change it
 */
public record FalcoRules(List<FalcoItem> items) {

  /** Copies the list. */
  public FalcoRules {
    items = List.copyOf(items);
  }

  /**
   * Returns rules of these items.
   *
   * @throws FalcoRulesException when two are the same item
   */
  public static FalcoRules of(FalcoItem... items) {
    Set<String> labels = new HashSet<>();
    for (FalcoItem item : items) {
      if (!labels.add(item.label())) {
        throw FalcoRulesException.of(
            item.label() + " is there twice", "say all of it in one place");
      }
    }
    return new FalcoRules(List.of(items));
  }

  /** Returns these items and others after them. */
  public FalcoRules and(FalcoRules others) {
    return FalcoRules.of(
        Stream.concat(items.stream(), others.items.stream()).toArray(FalcoItem[]::new));
  }

  /** Returns these items and one more after them. */
  public FalcoRules and(FalcoItem item) {
    List<FalcoItem> all = new ArrayList<>(items);
    all.add(item);
    return FalcoRules.of(all.toArray(FalcoItem[]::new));
  }
}
