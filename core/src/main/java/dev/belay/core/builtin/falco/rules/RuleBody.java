package dev.belay.core.builtin.falco.rules;

import dev.belay.core.builtin.falco.FalcoPriority;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is said of a rule: all of it, or what changes.
 *
 * @param text its texts
 * @param priority how urgent its alerts are
 * @param tags what it is about
 * @param exceptions what it raises no alert for
 * @param switches how Falco treats it
 */
public record RuleBody(
    RuleText text,
    Optional<FalcoPriority> priority,
    Optional<List<String>> tags,
    Optional<List<RuleException>> exceptions,
    RuleSwitches switches) {

  static final RuleBody NONE =
      new RuleBody(
          RuleText.NONE, Optional.empty(), Optional.empty(), Optional.empty(), RuleSwitches.NONE);

  /** Copies the lists. */
  public RuleBody {
    tags = tags.map(List::copyOf);
    exceptions = exceptions.map(List::copyOf);
  }

  RuleBody with(RuleText newText) {
    return new RuleBody(newText, priority, tags, exceptions, switches);
  }

  RuleBody with(FalcoPriority newPriority) {
    return new RuleBody(text, Optional.of(newPriority), tags, exceptions, switches);
  }

  RuleBody with(RuleSwitches newSwitches) {
    return new RuleBody(text, priority, tags, exceptions, newSwitches);
  }

  RuleBody withTags(List<String> newTags) {
    return new RuleBody(text, priority, Optional.of(newTags), exceptions, switches);
  }

  RuleBody withExceptions(List<RuleException> newExceptions) {
    return new RuleBody(text, priority, tags, Optional.of(newExceptions), switches);
  }

  /** Returns what it says something about. */
  Set<RuleKey> keys() {
    EnumSet<RuleKey> keys = EnumSet.noneOf(RuleKey.class);
    for (RuleKey key : RuleKey.values()) {
      if (has(key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private boolean has(RuleKey key) {
    return switch (key) {
      case DESC -> text.desc().isPresent();
      case CONDITION -> text.condition().isPresent();
      case OUTPUT -> text.output().isPresent();
      case PRIORITY -> priority.isPresent();
      case ENABLED -> switches.enabled().isPresent();
      case WARN_EVTTYPES -> switches.warnEvttypes().isPresent();
      case SKIP_IF_UNKNOWN_FILTER -> switches.skipIfUnknownFilter().isPresent();
      case TAGS -> tags.isPresent();
      case EXCEPTIONS -> exceptions.isPresent();
    };
  }
}
