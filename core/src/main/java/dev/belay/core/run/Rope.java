package dev.belay.core.run;

import dev.belay.core.step.Guard;

/**
 * A guard that is armed, or about to be, for the changes of one run on one host.
 *
 * @param guard what must hold, and within which time
 * @param number of the guard within the run, from 1
 * @param from number of the first change that hangs on it
 */
record Rope(Guard guard, int number, int from) {}
