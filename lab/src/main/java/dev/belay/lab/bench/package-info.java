/**
 * Benchmarks that are run by hand; start them with the scripts in {@code lab/bench}. Figures go to
 * {@code docs/benchmarks.md}, with machine and date.
 */
package dev.belay.lab.bench;
