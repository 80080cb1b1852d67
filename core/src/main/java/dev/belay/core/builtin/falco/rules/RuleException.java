package dev.belay.core.builtin.falco.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a rule raises no alert for: values of fields.
 *
 * @param name by which a later file adds values
 * @param fields one field, or several that are compared together; empty where values are added
 * @param comps how each field is compared; empty for {@code =}, or {@code in} with one field
 * @param values a text for one field, or a list with a part for each field
 */
public record RuleException(
    String name,
    Optional<ExceptionEntry> fields,
    Optional<ExceptionEntry> comps,
    Optional<List<ExceptionEntry>> values) {

  /** Copies the list. */
  public RuleException {
    values = values.map(List::copyOf);
  }

  /** Returns an exception by one field, which is looked for {@code in} values. */
  public static RuleException on(String name, String field) {
    return new RuleException(
        name, Optional.of(ExceptionEntry.one(field)), Optional.empty(), Optional.empty());
  }

  /** Returns an exception by several fields, each compared with {@code =}. */
  public static RuleException on(String name, String field, String second, String... more) {
    List<ExceptionEntry> fields = new ArrayList<>();
    fields.add(ExceptionEntry.one(field));
    fields.add(ExceptionEntry.one(second));
    List.of(more).forEach(one -> fields.add(ExceptionEntry.one(one)));
    return new RuleException(
        name, Optional.of(new ExceptionEntry.Many(fields)), Optional.empty(), Optional.empty());
  }

  /** Returns values that are added to an exception which a rule of the host has. */
  public static RuleException more(String name) {
    return new RuleException(name, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns the exception with other ways to compare, one for each field. */
  public RuleException comparedBy(String... operators) {
    boolean single = fields.filter(ExceptionEntry.One.class::isInstance).isPresent();
    return new RuleException(
        name,
        fields,
        Optional.of(
            single && operators.length == 1
                ? ExceptionEntry.one(operators[0])
                : ExceptionEntry.many(operators)),
        values);
  }

  /** Returns the exception with one more value of its only field. */
  public RuleException value(String text) {
    return with(ExceptionEntry.one(text));
  }

  /** Returns the exception with one more value for each of its fields. */
  public RuleException value(String text, String second, String... more) {
    List<ExceptionEntry> parts = new ArrayList<>();
    parts.add(ExceptionEntry.one(text));
    parts.add(ExceptionEntry.one(second));
    List.of(more).forEach(one -> parts.add(ExceptionEntry.one(one)));
    return with(new ExceptionEntry.Many(parts));
  }

  /** Returns the exception with one more value, which may hold lists. */
  public RuleException with(ExceptionEntry value) {
    List<ExceptionEntry> all = new ArrayList<>(values.orElse(List.of()));
    all.add(value);
    return new RuleException(name, fields, comps, Optional.of(all));
  }
}
