package dev.belay.core.builtin.falco.rules;

import dev.belay.core.builtin.falco.FalcoPriority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change of a rule that an earlier file has; what is not said stays as it is there.
 *
 * <p>Written as {@code override} since Falco 0.37; before, as the whole rule that results.
 *
 * @param name of the rule
 * @param body what changes
 * @param ways of each key that changes, whether it is replaced or added to
 */
public record RuleChange(String name, RuleBody body, Map<RuleKey, Merge> ways)
    implements FalcoItem {

  /**
   * Checks what Falco checks while loading.
   *
   * @throws FalcoRulesException when Falco would refuse it
   */
  public RuleChange {
    Names.notEmpty("rule", name);
    ways = Collections.unmodifiableMap(ways.isEmpty() ? Map.of() : new EnumMap<>(ways));
    String label = "the change of rule \"" + name + "\"";
    if (ways.isEmpty() || !ways.keySet().equals(body.keys())) {
      throw FalcoRulesException.of(
          label + " does not say of each of its keys whether it is replaced or appended to",
          "say it of " + body.keys().stream().map(RuleKey::word).toList());
    }
    ways.forEach(
        (key, way) -> {
          if (!key.takes(way)) {
            throw FalcoRulesException.of(
                label + " appends to " + key.word(), "replace it; Falco appends to texts only");
          }
        });
    checkParts(label, body, ways);
  }

  private static void checkParts(String label, RuleBody body, Map<RuleKey, Merge> ways) {
    Names.within(
        label,
        () ->
            body.text()
                .condition()
                .map(
                    text ->
                        ways.get(RuleKey.CONDITION) == Merge.APPEND
                            ? Condition.parseAppended(text)
                            : Condition.parse(text)));
    List<RuleException> exceptions = body.exceptions().orElse(List.of());
    if (ways.get(RuleKey.EXCEPTIONS) == Merge.APPEND) {
      ExceptionChecks.added(label, exceptions);
    } else {
      ExceptionChecks.defined(label, exceptions);
    }
  }

  /** Names the rule that an earlier file has. */
  public static WithoutChange of(String name) {
    return new WithoutChange(name);
  }

  /**
   * The rule that is changed; what changes is not yet said.
   *
   * @param name of the rule
   */
  public record WithoutChange(String name) {

    /** Returns the change of its output. */
    public RuleChange output(String output) {
      RuleText text = RuleText.NONE.withOutput(output);
      return one(RuleBody.NONE.with(text), RuleKey.OUTPUT, Merge.REPLACE);
    }

    /** Returns the change of its condition. */
    public RuleChange condition(String condition) {
      RuleText text = RuleText.NONE.withCondition(condition);
      return one(RuleBody.NONE.with(text), RuleKey.CONDITION, Merge.REPLACE);
    }

    /** Returns the change that adds to its condition, beginning with {@code and} or {@code or}. */
    public RuleChange moreCondition(String condition) {
      RuleText text = RuleText.NONE.withCondition(condition);
      return one(RuleBody.NONE.with(text), RuleKey.CONDITION, Merge.APPEND);
    }

    /** Returns the change of its priority. */
    public RuleChange priority(FalcoPriority priority) {
      return one(RuleBody.NONE.with(priority), RuleKey.PRIORITY, Merge.REPLACE);
    }

    /** Returns the change that has it count no longer. */
    public RuleChange disabled() {
      return enabled(false);
    }

    /** Returns the change that has it count. */
    public RuleChange enabled() {
      return enabled(true);
    }

    /** Returns the change that adds an exception, or values to one that it has. */
    public RuleChange except(RuleException exception) {
      return one(
          RuleBody.NONE.withExceptions(List.of(exception)), RuleKey.EXCEPTIONS, Merge.APPEND);
    }

    /** Returns the change that adds tags. */
    public RuleChange moreTags(String... tags) {
      return one(RuleBody.NONE.withTags(List.of(tags)), RuleKey.TAGS, Merge.APPEND);
    }

    private RuleChange enabled(boolean yes) {
      RuleSwitches switches = RuleSwitches.NONE.withEnabled(yes);
      return one(RuleBody.NONE.with(switches), RuleKey.ENABLED, Merge.REPLACE);
    }

    private RuleChange one(RuleBody body, RuleKey key, Merge way) {
      return new RuleChange(name, body, Map.of(key, way));
    }
  }

  /** Returns this change and another one of other keys of the same rule. */
  public RuleChange and(RuleChange other) {
    Map<RuleKey, Merge> all = new EnumMap<>(ways);
    all.putAll(other.ways);
    if (!other.name.equals(name) || all.size() != ways.size() + other.ways.size()) {
      throw FalcoRulesException.of(
          "two changes of rule \"" + name + "\" and \"" + other.name + "\" do not go together",
          "change each key of one rule once");
    }
    return new RuleChange(name, union(body, other.body), all);
  }

  private static RuleBody union(RuleBody one, RuleBody other) {
    return new RuleBody(
        new RuleText(
            one.text().desc().or(other.text()::desc),
            one.text().condition().or(other.text()::condition),
            one.text().output().or(other.text()::output)),
        one.priority().or(other::priority),
        one.tags().or(other::tags),
        one.exceptions().or(other::exceptions),
        one.switches().or(other.switches()));
  }

  /**
   * Returns the rule as it is with this change.
   *
   * @param before the rule of this name
   * @throws FalcoRulesException when Falco would refuse the result
   */
  public FalcoRule applyTo(FalcoRule before) {
    RuleText text = before.body().text();
    RuleBody was = before.body();
    RuleBody now =
        new RuleBody(
            new RuleText(
                merged(RuleKey.DESC, text.desc(), body.text().desc()),
                merged(RuleKey.CONDITION, text.condition(), body.text().condition()),
                merged(RuleKey.OUTPUT, text.output(), body.text().output())),
            body.priority().or(was::priority),
            tags(was).isEmpty() ? was.tags() : Optional.of(tags(was)),
            exceptions(was).isEmpty() ? was.exceptions() : Optional.of(exceptions(was)),
            body.switches().or(was.switches()));
    return new FalcoRule(name, now);
  }

  private Optional<String> merged(RuleKey key, Optional<String> was, Optional<String> now) {
    if (now.isEmpty() || ways.get(key) == Merge.REPLACE) {
      return now.or(() -> was);
    }
    return Optional.of(was.map(text -> text + " ").orElse("") + now.get());
  }

  private List<String> tags(RuleBody was) {
    List<String> all = new ArrayList<>();
    if (body.tags().isEmpty() || ways.get(RuleKey.TAGS) == Merge.APPEND) {
      all.addAll(was.tags().orElse(List.of()));
    }
    body.tags().orElse(List.of()).stream().filter(tag -> !all.contains(tag)).forEach(all::add);
    return all;
  }

  private List<RuleException> exceptions(RuleBody was) {
    List<RuleException> mine = body.exceptions().orElse(List.of());
    List<RuleException> all = new ArrayList<>();
    if (body.exceptions().isEmpty() || ways.get(RuleKey.EXCEPTIONS) == Merge.APPEND) {
      all.addAll(was.exceptions().orElse(List.of()));
    }
    for (RuleException more : mine) {
      int there = all.stream().map(RuleException::name).toList().indexOf(more.name());
      if (there < 0) {
        all.add(more);
      } else {
        all.set(
            there,
            more.values().orElse(List.of()).stream()
                .reduce(all.get(there), RuleException::with, (a, b) -> b));
      }
    }
    return all;
  }

  @Override
  public String label() {
    return "change of rule \"" + name + "\"";
  }
}
