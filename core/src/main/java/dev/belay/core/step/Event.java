package dev.belay.core.step;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import java.util.List;

/** Something that happens, such as a restart: fits a handler, and no play, since it is no state. */
public interface Event {

  /** Returns a short name such as {@code service[falco] restarted}. */
  String label();

  /** Returns the facts that {@link #plan} needs. */
  List<Fact<?>> reads();

  /** Returns the changes that make it happen. Pure. */
  List<? extends Change> plan(Facts facts);
}
