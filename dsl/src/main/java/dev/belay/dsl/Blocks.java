package dev.belay.dsl;

import dev.belay.core.step.PlayItem;
import dev.belay.core.step.TaskBlock;

/** Tasks with others that are run when one of them fails. */
public final class Blocks {

  private Blocks() {}

  /**
   * Returns a block of tasks, to which {@link TaskBlock#rescue} adds what is run when one of them
   * fails and {@link TaskBlock#always} what is run in any case.
   *
   * <p>What should be undone when something fails, rather than mended, belongs into {@link
   * Guards#guarded}.
   */
  public static TaskBlock block(PlayItem... items) {
    return TaskBlock.of(items);
  }
}
