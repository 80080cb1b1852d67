package dev.belay.core.fact;

import java.util.List;

/**
 * A fact that can be asked together with others of its kind, by one command for all of them.
 *
 * @param <T> what the answer means
 */
public interface GroupedFact<T> extends Fact<T> {

  /** Returns the question of all facts of the list, which are of this kind. */
  String questionOfAll(List<? extends GroupedFact<?>> all);

  /**
   * Takes the answer to {@link #questionOfAll} apart.
   *
   * @param count how many facts were asked
   * @return one answer for each, in their order
   */
  List<Answer> split(Answer together, int count);
}
