package dev.belay.core.builtin.kube.audit;

import dev.belay.core.builtin.kube.audit.Warning.Kind;
import java.util.List;
import java.util.OptionalInt;

/** Collects the warnings about one rule. */
record Findings(int rule, List<Warning> warnings) {

  void add(Kind kind, String text, String why, String advice) {
    warnings.add(new Warning(kind, OptionalInt.of(rule), text, why, advice));
  }
}
