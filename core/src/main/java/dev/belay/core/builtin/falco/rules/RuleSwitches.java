package dev.belay.core.builtin.falco.rules;

import java.util.Optional;

/**
 * How Falco treats a rule; empty is Falco's default.
 *
 * @param source where the events come from, such as {@code syscall} or {@code k8s_audit}
 * @param enabled whether the rule counts
 * @param warnEvttypes whether Falco warns of a condition without event types
 * @param skipIfUnknownFilter whether Falco passes the rule over where a field is not known
 */
public record RuleSwitches(
    Optional<String> source,
    Optional<Boolean> enabled,
    Optional<Boolean> warnEvttypes,
    Optional<Boolean> skipIfUnknownFilter) {

  static final RuleSwitches NONE =
      new RuleSwitches(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  RuleSwitches withSource(String name) {
    return new RuleSwitches(Optional.of(name), enabled, warnEvttypes, skipIfUnknownFilter);
  }

  RuleSwitches withEnabled(boolean yes) {
    return new RuleSwitches(source, Optional.of(yes), warnEvttypes, skipIfUnknownFilter);
  }

  RuleSwitches withWarnEvttypes(boolean yes) {
    return new RuleSwitches(source, enabled, Optional.of(yes), skipIfUnknownFilter);
  }

  RuleSwitches withSkipIfUnknownFilter(boolean yes) {
    return new RuleSwitches(source, enabled, warnEvttypes, Optional.of(yes));
  }

  /** Returns these where they say something, else those of another. */
  RuleSwitches or(RuleSwitches other) {
    return new RuleSwitches(
        source.or(other::source),
        enabled.or(other::enabled),
        warnEvttypes.or(other::warnEvttypes),
        skipIfUnknownFilter.or(other::skipIfUnknownFilter));
  }
}
