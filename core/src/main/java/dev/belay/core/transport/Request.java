package dev.belay.core.transport;

import java.time.Duration;

/**
 * Shell text for the resident shell, run in a subshell with no standard input.
 *
 * @param script POSIX shell text; every value in it is already quoted
 * @param onlyIfAllWell whether it is skipped after an earlier request with the same mark failed
 * @param deadline how long the host may take over it; the connection is given up after that
 */
public record Request(String script, boolean onlyIfAllWell, Duration deadline) {

  /** Returns a request that is always run. */
  public static Request always(String script, Duration deadline) {
    return new Request(script, false, deadline);
  }

  /** Returns a request that is skipped once one of its kind has failed. */
  public static Request ifAllWell(String script, Duration deadline) {
    return new Request(script, true, deadline);
  }
}
