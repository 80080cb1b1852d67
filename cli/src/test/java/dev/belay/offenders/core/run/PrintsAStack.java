package dev.belay.offenders.core.run;

/** Prints past the reports in a way that is easily overlooked. */
final class PrintsAStack {
  void print(IllegalStateException failure) {
    failure.printStackTrace();
  }
}
