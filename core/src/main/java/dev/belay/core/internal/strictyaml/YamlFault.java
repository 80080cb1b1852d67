package dev.belay.core.internal.strictyaml;

/** One thing wrong in a YAML text; readers turn it into the exception of their own feature. */
public final class YamlFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Position at;
  private final String advice;

  /**
   * Makes the fault.
   *
   * @param wrong what is wrong, without the place
   * @param advice what to do about it
   */
  public YamlFault(Position at, String wrong, String advice) {
    super(wrong);
    this.at = at;
    this.advice = advice;
  }

  /** Returns where it is. */
  public Position at() {
    return at;
  }

  /** Returns what to do about it. */
  public String advice() {
    return advice;
  }
}
