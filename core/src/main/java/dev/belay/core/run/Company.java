package dev.belay.core.run;

/**
 * What the line of one host has to do with other hosts.
 *
 * @param throttles how many hosts of the run are at a task at once
 * @param turns what is done on one host of the run only
 * @param elsewhere does what the host delegates to others
 */
record Company(Throttles throttles, Turns turns, Elsewhere elsewhere) {

  /** That of a host that is alone. */
  Company() {
    this(new Throttles(), new Turns(), Elsewhere.NOWHERE);
  }
}
