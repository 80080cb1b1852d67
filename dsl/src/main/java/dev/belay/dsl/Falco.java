package dev.belay.dsl;

import dev.belay.core.builtin.falco.rules.FalcoItem;
import dev.belay.core.builtin.falco.rules.FalcoList;
import dev.belay.core.builtin.falco.rules.FalcoMacro;
import dev.belay.core.builtin.falco.rules.FalcoRule;
import dev.belay.core.builtin.falco.rules.FalcoRules;
import dev.belay.core.builtin.falco.rules.FalcoRulesYaml;
import dev.belay.core.builtin.falco.rules.Merge;
import dev.belay.core.builtin.falco.rules.PackageManagement;
import dev.belay.core.builtin.falco.rules.RuleChange;
import dev.belay.core.builtin.falco.rules.RuleException;
import java.util.List;

/** The words of Falco's rules files: rules, macros, lists, and changes of the host's own. */
public final class Falco {

  /**
   * The rule about package managers in containers, which left Falco's default rules with 0.36, and
   * the list that it needs; keep them {@link
   * dev.belay.core.builtin.falco.rules.FalcoRulesFile#whereMissing}.
   */
  public static final FalcoRules PACKAGE_MANAGEMENT = PackageManagement.RULES;

  private Falco() {}

  /**
   * Returns rules of these items, in this order.
   *
   * @throws dev.belay.core.builtin.falco.rules.FalcoRulesException when two are the same item
   */
  public static FalcoRules rules(FalcoItem... items) {
    return FalcoRules.of(items);
  }

  /**
   * Returns the rules of a YAML file on this machine, read strictly: a misspelt key, which Falco
   * passes over without a word, is refused with its line.
   *
   * @throws dev.belay.core.builtin.falco.rules.FalcoRulesException when it is no rules file
   */
  public static FalcoRules rulesFile(String path) {
    return FalcoRulesYaml.read(Steps.localFile(path).bytes());
  }

  /** Returns a rule; say its condition, its output and its priority. */
  public static FalcoRule.WithoutCondition rule(String name) {
    return FalcoRule.named(name);
  }

  /** Returns a rule that the host has; say what changes, such as its output. */
  public static RuleChange.WithoutChange changedRule(String name) {
    return RuleChange.of(name);
  }

  /** Returns a part of a condition under a name; it takes the place of one of the host's. */
  public static FalcoMacro macro(String name, String condition) {
    return new FalcoMacro(name, condition, Merge.REPLACE);
  }

  /** Returns what is added to a macro of the host; begin it with {@code and} or {@code or}. */
  public static FalcoMacro moreOfMacro(String name, String condition) {
    return new FalcoMacro(name, condition, Merge.APPEND);
  }

  /** Returns values under a name; they take the place of a list of the host's. */
  public static FalcoList list(String name, String... items) {
    return new FalcoList(name, List.of(items), Merge.REPLACE);
  }

  /** Returns what is added to a list of the host. */
  public static FalcoList moreOfList(String name, String... items) {
    return new FalcoList(name, List.of(items), Merge.APPEND);
  }

  /** Returns an exception by one field of a rule; say its values. */
  public static RuleException except(String name, String field) {
    return RuleException.on(name, field);
  }
}
