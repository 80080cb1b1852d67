package dev.belay.core.step;

/** On which host a task is done. */
public sealed interface Place {

  /** On each host of the play. */
  Place EACH = new Each();

  /** On the first host of the play, of which it is not decided yet which one that is. */
  Place ONCE = new Once("", 0, true);

  /** On each host of the play. */
  record Each() implements Place {}

  /**
   * On one host of the play; the others wait until it is done there.
   *
   * @param host name of that host; empty while it is not decided
   * @param turn number of the task among those of the run that run once, from 1; 0 while it is not
   *     decided
   * @param here whether the host whose list of tasks this stands in is that host
   */
  record Once(String host, int turn, boolean here) implements Place {}

  /**
   * On another host, for each host of the play.
   *
   * @param host name of the other host in the inventory
   */
  record On(String host) implements Place {}
}
