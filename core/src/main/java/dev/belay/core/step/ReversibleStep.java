package dev.belay.core.step;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Facts;
import java.util.List;

/** A step whose every change can be undone; only such steps may stand in a guarded block. */
public interface ReversibleStep extends Step, ReversibleItem {

  @Override
  List<? extends Change.Reversible> plan(Facts facts);
}
