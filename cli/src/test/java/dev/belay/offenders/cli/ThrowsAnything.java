package dev.belay.offenders.cli;

/** Throws what nobody can catch with sense. */
final class ThrowsAnything {
  void fail() {
    throw new RuntimeException("something");
  }
}
