package dev.belay.core.transport;

import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * One resident POSIX shell on a host. Not thread-safe: one thread uses it at a time.
 *
 * <p>Requests are sent without waiting for answers, so that a list costs one round trip.
 */
public interface Shell extends AutoCloseable {

  /**
   * Sends all requests, then hands over each reply with its index as it comes.
   *
   * <p>Whether all is well is asked within one list: a failed request marked so makes the shell
   * skip the later ones of the same list that are marked so, and the next list starts afresh. An
   * exception out of {@code onReply} ends the shell, for the other replies are then never read.
   *
   * @throws UnreachableException when the connection is lost or a deadline passes; replies already
   *     handed over stay true, for the others it is not known what the host did
   */
  void exchange(List<Request> requests, ObjIntConsumer<Reply> onReply);

  /** Names who hears how far exchanges are; a shell that cannot tell leaves it. */
  default void watch(ShellWatch watch) {}

  /** Returns how many times the shell has sent requests and waited: its round trips. */
  int roundTrips();

  /** Ends the shell and its channel; the host runs nothing of it afterwards but what it got. */
  @Override
  void close();
}
