package dev.belay.core.builtin.falco.rules;

import dev.belay.core.builtin.falco.FalcoPriority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A whole rule; it takes the place of an earlier one of the same name.
 *
 * @param name as alerts and other files name it
 * @param body all of it
 */
public record FalcoRule(String name, RuleBody body) implements FalcoItem {

  private static final Set<RuleKey> NEEDED =
      Set.of(RuleKey.DESC, RuleKey.CONDITION, RuleKey.OUTPUT, RuleKey.PRIORITY);

  /**
   * Checks what Falco checks while loading.
   *
   * @throws FalcoRulesException when Falco would refuse it
   */
  public FalcoRule {
    Names.notEmpty("rule", name);
    for (RuleKey key : RuleKey.values()) {
      if (NEEDED.contains(key) && !body.keys().contains(key)) {
        throw FalcoRulesException.of(
            "rule \"" + name + "\" has no " + key.word(),
            "write it; to change a rule that the host has, say which keys are changed");
      }
    }
    Names.within(
        "rule \"" + name + "\"", () -> Condition.parse(body.text().condition().orElseThrow()));
    ExceptionChecks.defined("rule \"" + name + "\"", body.exceptions().orElse(List.of()));
  }

  /** Names a rule whose condition is not yet said. */
  public static WithoutCondition named(String name) {
    return new WithoutCondition(name);
  }

  /**
   * A rule whose condition is not yet said.
   *
   * @param name of the rule
   */
  public record WithoutCondition(String name) {

    /** Returns the rule with this condition; lines of it are joined. */
    public WithoutOutput condition(String condition) {
      return new WithoutOutput(name, condition);
    }
  }

  /**
   * A rule whose output is not yet said.
   *
   * @param name of the rule
   * @param condition when it raises an alert
   */
  public record WithoutOutput(String name, String condition) {

    /** Returns the rule with this text of its alerts; lines of it are joined. */
    public WithoutPriority output(String output) {
      return new WithoutPriority(name, condition, output);
    }
  }

  /**
   * A rule whose priority is not yet said.
   *
   * @param name of the rule
   * @param condition when it raises an alert
   * @param output text of its alerts
   */
  public record WithoutPriority(String name, String condition, String output) {

    /**
     * Returns the rule, described by its name.
     *
     * @throws FalcoRulesException when Falco would refuse it
     */
    public FalcoRule priority(FalcoPriority priority) {
      RuleText text = new RuleText(Optional.of(name), Optional.of(condition), Optional.of(output));
      return new FalcoRule(name, RuleBody.NONE.with(text).with(priority));
    }
  }

  /** Returns the rule with this description. */
  public FalcoRule desc(String text) {
    return new FalcoRule(name, body.with(body.text().withDesc(text)));
  }

  /** Returns the rule with these tags. */
  public FalcoRule tags(String... tags) {
    return new FalcoRule(name, body.withTags(List.of(tags)));
  }

  /** Returns the rule with one more exception. */
  public FalcoRule except(RuleException exception) {
    List<RuleException> all = new ArrayList<>(body.exceptions().orElse(List.of()));
    all.add(exception);
    return new FalcoRule(name, body.withExceptions(all));
  }

  /** Returns the rule for events of another source than system calls, such as {@code k8s_audit}. */
  public FalcoRule source(String source) {
    return new FalcoRule(name, body.with(body.switches().withSource(source)));
  }

  /** Returns the rule that does not count. */
  public FalcoRule disabled() {
    return new FalcoRule(name, body.with(body.switches().withEnabled(false)));
  }

  /** Returns the rule that Falco passes over where it does not know a field. */
  public FalcoRule skippedIfUnknownFilter() {
    return new FalcoRule(name, body.with(body.switches().withSkipIfUnknownFilter(true)));
  }

  @Override
  public String label() {
    return "rule \"" + name + "\"";
  }
}
