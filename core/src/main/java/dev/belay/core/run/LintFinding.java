package dev.belay.core.run;

/**
 * What can be said against a playbook without a host.
 *
 * @param level how bad it is
 * @param source where the playbook's author wrote it, such as {@code Site.java:12}
 * @param subject the task, handler or play it is about
 * @param text what is wrong and what to do
 */
public record LintFinding(Level level, String source, String subject, String text) {

  /** How bad it is. */
  public enum Level {
    /** It cannot work, or never settles. */
    ERROR,
    /** It works and is probably not what is meant. */
    WARNING,
    /** It could be better. */
    NOTE
  }
}
