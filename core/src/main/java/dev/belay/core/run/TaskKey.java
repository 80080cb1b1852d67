package dev.belay.core.run;

/**
 * What tells a task from others: the same on all hosts, and in every run of a playbook.
 *
 * @param play name of the play
 * @param task name of the task
 * @param source where the playbook's author wrote it, such as {@code Site.java:12}
 */
public record TaskKey(String play, String task, String source) {

  static TaskKey of(PlayTask task) {
    return new TaskKey(task.play().name(), task.task().name(), task.task().source());
  }
}
