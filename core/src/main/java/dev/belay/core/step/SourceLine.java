package dev.belay.core.step;

/** Finds the line of the playbook that is being evaluated. */
public final class SourceLine {

  private SourceLine() {}

  /** Returns file and line of the nearest caller outside the library, such as {@code A.java:7}. */
  public static String ofCaller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> !ours(frame.getClassName()))
                    .findFirst()
                    .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                    .orElse("unknown"));
  }

  private static boolean ours(String type) {
    return type.startsWith("dev.belay.core.")
        || type.startsWith("dev.belay.dsl.")
        || type.startsWith("java.");
  }
}
