package dev.belay.core.run;

/** A host's work ends here; why has been told as an event. */
final class StoppedException extends RuntimeException {

  StoppedException() {
    super("the host's work ended", null, false, false);
  }
}
