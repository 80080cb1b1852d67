package dev.belay.core.playbook;

import dev.belay.core.step.PlayPart;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tasks of a play that are made for each host from its variables.
 *
 * @param <V> a record whose components name the variables and their types, see {@link VarReading}
 * @param after how many of the play's fixed tasks come before them
 * @param type the record
 * @param make makes the tasks of one host; pure, since it is called more than once
 * @param source where the playbook's author wrote it, such as {@code Site.java:12}
 */
public record VarTasks<V extends Record>(
    int after, Class<V> type, Function<V, List<? extends PlayPart>> make, String source) {

  /** Refuses a record with a component of a type that no variable can have. */
  public VarTasks {
    VarReading.requireReadable(type);
  }

  /**
   * Returns the parts for a host.
   *
   * @param vars its variables
   * @throws VarsRefusedException when one is missing or has a value of another kind
   */
  List<? extends PlayPart> parts(Map<String, Object> vars) {
    return make.apply(new VarReading().read(type, vars));
  }
}
