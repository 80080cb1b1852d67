package dev.belay.core.run;

import dev.belay.core.journal.RunsFact;
import java.util.List;

/**
 * The runs of which a host keeps a journal.
 *
 * @param host name
 * @param runs oldest first
 */
public record HostRuns(String host, List<RunsFact.Run> runs) {

  /** Copies the list. */
  public HostRuns {
    runs = List.copyOf(runs);
  }
}
