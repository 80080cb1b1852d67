package dev.belay.core.run;

/**
 * What the hosts of one run share.
 *
 * @param throttles how many of them are at a task at once
 * @param turns what is done on one of them only
 */
record Company(Throttles throttles, Turns turns) {

  /** That of a host that is alone. */
  Company() {
    this(new Throttles(), new Turns());
  }
}
