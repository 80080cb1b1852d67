package dev.belay.offenders.core.run;

/** Breaks no rule, and is used by those that do. */
public final class Innocent {

  /** Something to call. */
  public static final Innocent ONE = new Innocent();

  private Innocent() {}
}
