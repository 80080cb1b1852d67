package dev.belay.offenders.core.run;

/** Prints past the reports. */
final class Prints {
  void print() {
    System.out.println("changed");
  }
}
