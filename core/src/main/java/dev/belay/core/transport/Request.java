package dev.belay.core.transport;

import java.time.Duration;

/**
 * Shell text for the resident shell, run in a subshell with no standard input.
 *
 * <p>It runs with {@code LC_ALL=C}, {@code umask 077} and a PATH that holds the sbin directories. A
 * process it leaves behind has to let go of both outputs, or what it prints turns up in the answers
 * to later requests. A syntax error in it makes only this request fail.
 *
 * @param script POSIX shell text; every value in it is already quoted
 * @param onlyIfAllWell whether it is skipped after an earlier request with the same mark failed
 * @param deadline how long the host may take over it, counted from the reply before it or the last
 *     byte sent, whichever is later; the connection is given up after that
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
