package dev.belay.core.step;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Facts;
import java.util.List;

/** An event whose every change can be undone; only handlers of such may run in a guarded block. */
public interface ReversibleEvent extends Event {

  @Override
  List<? extends Change.Reversible> plan(Facts facts);
}
