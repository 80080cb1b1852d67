package dev.belay.core.builtin.falco.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a rule that a later file can change, in the order in which they are written.
 *
 * <p>Which can be appended to: falcosecurity/falco userspace/engine/rule_loader_reader.cpp.
 */
public enum RuleKey {
  /** What it describes. */
  DESC("desc", true),
  /** When it raises an alert. */
  CONDITION("condition", true),
  /** Text of the alert. */
  OUTPUT("output", true),
  /** How urgent the alert is. */
  PRIORITY("priority", false),
  /** Whether it counts at all. */
  ENABLED("enabled", false),
  /** Whether Falco warns of a condition without event types. */
  WARN_EVTTYPES("warn_evttypes", false),
  /** Whether Falco passes it over where a field is not known. */
  SKIP_IF_UNKNOWN_FILTER("skip-if-unknown-filter", false),
  /** What it is about. */
  TAGS("tags", true),
  /** What it raises no alert for. */
  EXCEPTIONS("exceptions", true);

  private final String word;
  private final boolean appendable;

  RuleKey(String word, boolean appendable) {
    this.word = word;
    this.appendable = appendable;
  }

  /** Returns the key as it is written. */
  public String word() {
    return word;
  }

  /** Tells whether more can be added at its end. */
  boolean takes(Merge merge) {
    return merge == Merge.REPLACE || appendable;
  }

  static Optional<RuleKey> of(String word) {
    return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(RuleKey::word).toList();
  }
}
