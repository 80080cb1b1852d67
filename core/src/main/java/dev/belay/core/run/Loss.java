package dev.belay.core.run;

/**
 * What is true of a host, and what to do, when the way to it is lost in the middle of a run.
 *
 * @param state what state the host is in, as far as is known
 * @param advice what to do once it can be reached again; may be empty
 */
record Loss(String state, String advice) {

  /** Nothing was going to be written. */
  static final Loss OF_NOTHING = new Loss("nothing written", "");
}
