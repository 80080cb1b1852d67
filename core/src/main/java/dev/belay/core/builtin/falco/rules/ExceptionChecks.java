package dev.belay.core.builtin.falco.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Falco demands of exceptions: falcosecurity/falco userspace/engine/rule_loader_collector.cpp
 * and rule_loader_compiler.cpp.
 */
final class ExceptionChecks {

  private static final Set<String> LIST_OPERATORS = Set.of("in", "pmatch", "intersects");
  private static final Set<String> OPERATORS =
      Set.of(
          "exists",
          "<=",
          "<",
          ">=",
          ">",
          "==",
          "=",
          "!=",
          "glob",
          "iglob",
          "contains",
          "icontains",
          "bcontains",
          "startswith",
          "bstartswith",
          "endswith",
          "regex",
          "in",
          "pmatch",
          "intersects");

  private final String owner;
  private final RuleException exception;

  private ExceptionChecks(String owner, RuleException exception) {
    this.owner = owner;
    this.exception = exception;
  }

  /** Checks the exceptions of a whole rule. */
  static void defined(String owner, List<RuleException> exceptions) {
    unique(owner, exceptions);
    for (RuleException exception : exceptions) {
      ExceptionChecks checks = new ExceptionChecks(owner, exception);
      if (exception.fields().isEmpty()) {
        throw checks.fault("has no fields", "name the fields that it compares");
      }
      checks.shape(exception.fields().get());
    }
  }

  /** Checks exceptions that are added to those of a rule; values for one that it has may do. */
  static void added(String owner, List<RuleException> exceptions) {
    unique(owner, exceptions);
    for (RuleException exception : exceptions) {
      ExceptionChecks checks = new ExceptionChecks(owner, exception);
      if (exception.values().isEmpty()) {
        throw checks.fault("has no values", "name the values that it adds");
      }
      exception.fields().ifPresent(checks::shape);
    }
  }

  private static void unique(String owner, List<RuleException> exceptions) {
    if (exceptions.stream().map(RuleException::name).distinct().count() != exceptions.size()) {
      throw FalcoRulesException.of(
          owner + " has two exceptions of one name", "give each a name of its own");
    }
  }

  private void shape(ExceptionEntry fields) {
    if (fields instanceof ExceptionEntry.Many many) {
      several(many.items().size());
    } else {
      single();
    }
  }

  private void several(int count) {
    Optional<ExceptionEntry> comps = exception.comps();
    if (comps.isPresent() && size(comps.get()) != count) {
      throw fault(
          "compares " + count + " fields in another number of ways",
          "give fields and comps the same length");
    }
    comps.ifPresent(this::operators);
    for (ExceptionEntry value : exception.values().orElse(List.of())) {
      if (size(value) != count) {
        throw fault(
            "has values of another number than its " + count + " fields",
            "give each value a part for each field");
      }
    }
  }

  private void single() {
    if (exception.comps().isPresent()
        && !(exception.comps().get() instanceof ExceptionEntry.One one
            && LIST_OPERATORS.contains(one.text()))) {
      throw fault(
          "compares its only field in a way that takes no list", "use in, pmatch or intersects");
    }
    for (ExceptionEntry value : exception.values().orElse(List.of())) {
      if (!(value instanceof ExceptionEntry.One)) {
        throw fault("has a list as a value of its only field", "give single texts as values");
      }
    }
  }

  private void operators(ExceptionEntry comps) {
    for (ExceptionEntry comp : ((ExceptionEntry.Many) comps).items()) {
      if (!(comp instanceof ExceptionEntry.One one && OPERATORS.contains(one.text()))) {
        String shown = comp instanceof ExceptionEntry.One one ? one.text() : "a list";
        throw fault(
            "compares by \"" + shown + "\", which is no operator",
            "use an operator such as =, in, startswith or contains");
      }
    }
  }

  private static int size(ExceptionEntry entry) {
    return entry instanceof ExceptionEntry.Many many ? many.items().size() : -1;
  }

  private FalcoRulesException fault(String what, String advice) {
    return FalcoRulesException.of(
        "exception \"" + exception.name() + "\" of " + owner + " " + what, advice);
  }
}
