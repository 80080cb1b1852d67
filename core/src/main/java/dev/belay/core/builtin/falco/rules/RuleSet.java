package dev.belay.core.builtin.falco.rules;

import dev.belay.core.text.NearMiss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Falco has once it has loaded files in order, and what it would say against them:
 * falcosecurity/falco userspace/engine/rule_loader_collector.cpp. Grows; not thread-safe.
 */
final class RuleSet {

  /**
   * A macro, and which others it may name: those that were first defined before its last change.
   *
   * @param macro as it is now
   * @param first when it was first defined
   * @param last when it was last changed
   */
  record KnownMacro(FalcoMacro macro, int first, int last) {}

  private final Map<String, FalcoRule> rules = new LinkedHashMap<>();
  private final Map<String, KnownMacro> macros = new LinkedHashMap<>();
  private final Map<String, FalcoList> lists = new LinkedHashMap<>();
  private final List<RulesProblem> problems = new ArrayList<>();
  private int clock;

  /** Loads items after those that are there. */
  RuleSet load(List<FalcoItem> items) {
    items.forEach(this::load);
    return this;
  }

  private void load(FalcoItem item) {
    clock++;
    if (item instanceof FalcoRule rule) {
      rules.put(rule.name(), rule);
    } else if (item instanceof RuleChange change) {
      change(change);
    } else if (item instanceof FalcoMacro macro) {
      macro(macro);
    } else if (item instanceof FalcoList list) {
      list(list);
    }
  }

  private void change(RuleChange change) {
    FalcoRule before = rules.get(change.name());
    if (before == null) {
      missing(change.label(), "rule", change.name(), List.copyOf(rules.keySet()));
      return;
    }
    try {
      addable(change, before);
      rules.put(change.name(), change.applyTo(before));
    } catch (FalcoRulesException refused) {
      problems.addAll(refused.problems());
    }
  }

  private static void addable(RuleChange change, FalcoRule before) {
    if (change.ways().get(RuleKey.EXCEPTIONS) != Merge.APPEND) {
      return;
    }
    List<String> there =
        before.body().exceptions().orElse(List.of()).stream().map(RuleException::name).toList();
    for (RuleException more : change.body().exceptions().orElse(List.of())) {
      boolean known = there.contains(more.name());
      if (known && (more.fields().isPresent() || more.comps().isPresent())) {
        throw FalcoRulesException.of(
            change.label() + " names fields of exception \"" + more.name() + "\", which has them",
            "give values only");
      }
      if (!known && more.fields().isEmpty()) {
        throw FalcoRulesException.of(
            change.label() + " adds to exception \"" + more.name() + "\", which is not there",
            "name its fields, or one of " + there);
      }
    }
  }

  private void macro(FalcoMacro macro) {
    KnownMacro before = macros.get(macro.name());
    if (macro.merge() == Merge.APPEND && before == null) {
      missing(macro.label(), "macro", macro.name(), List.copyOf(macros.keySet()));
      return;
    }
    String condition =
        macro.merge() == Merge.APPEND
            ? before.macro().condition() + " " + macro.condition()
            : macro.condition();
    macros.put(
        macro.name(),
        new KnownMacro(
            new FalcoMacro(macro.name(), condition, Merge.REPLACE),
            before == null ? clock : before.first(),
            clock));
  }

  private void list(FalcoList list) {
    FalcoList before = lists.get(list.name());
    if (list.merge() == Merge.APPEND && before == null) {
      missing(list.label(), "list", list.name(), List.copyOf(lists.keySet()));
      return;
    }
    List<String> items = new ArrayList<>();
    if (list.merge() == Merge.APPEND) {
      items.addAll(before.items());
    }
    items.addAll(list.items());
    lists.put(list.name(), new FalcoList(list.name(), items, Merge.REPLACE));
  }

  private void missing(String label, String kind, String name, List<String> known) {
    problems.add(
        new RulesProblem(
            label + " changes what no earlier file has" + NearMiss.question(name, known),
            "name a " + kind + " that the host has, or write the whole " + kind,
            0,
            0));
  }

  /** Returns what Falco would refuse, in the order in which it was loaded. */
  List<RulesProblem> problems() {
    List<RulesProblem> all = new ArrayList<>(problems);
    macros
        .values()
        .forEach(
            known ->
                undefined(known.macro().label(), known.macro().condition(), known.last(), all));
    rules
        .values()
        .forEach(
            rule ->
                undefined(
                    rule.label(),
                    rule.body().text().condition().orElseThrow(),
                    Integer.MAX_VALUE,
                    all));
    return all;
  }

  private void undefined(String label, String condition, int until, List<RulesProblem> found) {
    for (String name : Condition.parse(condition).macros()) {
      KnownMacro macro = macros.get(name);
      if (macro == null) {
        found.add(
            new RulesProblem(
                label
                    + " names macro \""
                    + name
                    + "\", which is defined nowhere"
                    + NearMiss.question(name, macros.keySet()),
                "define it, or name one that the host has",
                0,
                0));
      } else if (macro.first() >= until) {
        found.add(
            new RulesProblem(
                label + " names macro \"" + name + "\", which is defined only after it",
                "define it before",
                0,
                0));
      }
    }
  }

  Optional<FalcoRule> rule(String name) {
    return Optional.ofNullable(rules.get(name));
  }

  Map<String, FalcoList> lists() {
    return lists;
  }

  /** Tells whether something of the same kind and name is there. */
  boolean defines(FalcoItem item) {
    if (item instanceof FalcoRule rule) {
      return rules.containsKey(rule.name());
    }
    if (item instanceof FalcoMacro macro) {
      return macros.containsKey(macro.name());
    }
    return item instanceof FalcoList list && lists.containsKey(list.name());
  }
}
