package dev.belay.core.step;

import java.util.List;

/** What a play is made of: single items, or blocks of them such as a guarded one. */
public interface PlayPart {

  /** Returns the tasks of this part, in the order in which they run. */
  List<Task> tasks();
}
