package dev.belay.core.run;

import java.util.Optional;

/** Makes what happens on one host a part of the story of another, which has delegated it. Pure. */
final class DelegatedEvent {

  private DelegatedEvent() {}

  /**
   * Returns the event as it is told.
   *
   * @param host name of the host that delegates, of which it is told
   * @param there name of the host where it happens
   */
  static Optional<RunEvent> of(RunEvent event, String host, String there) {
    String on = " (on " + there + ")";
    String at = "on " + there + ": ";
    if (event instanceof RunEvent.Planned) {
      return Optional.empty(); // a plan in a file holds a host to its own tasks
    }
    if (event instanceof RunEvent.Began began) {
      return Optional.of(new RunEvent.Began(host, began.play(), named(began.task(), on)));
    }
    if (event instanceof RunEvent.Progress progress) {
      return Optional.of(new RunEvent.Progress(host, progress.what(), progress.percent()));
    }
    if (event instanceof RunEvent.Found found) {
      return Optional.of(new RunEvent.Found(host, found.task(), found.finding()));
    }
    if (event instanceof RunEvent.Warned warned) {
      return Optional.of(new RunEvent.Warned(host, warned.task(), at + warned.text()));
    }
    if (event instanceof RunEvent.Undone undone) {
      return Optional.of(
          new RunEvent.Undone(host, at + undone.summary(), undone.diffs(), undone.dry()));
    }
    if (event instanceof RunEvent.RolledBack back) {
      return Optional.of(
          new RunEvent.RolledBack(
              host,
              back.run(),
              back.block(),
              back.remaining().stream().map(text -> at + text).toList()));
    }
    return Optional.of(ended(event, host, on));
  }

  private static RunEvent ended(RunEvent event, String host, String on) {
    if (event instanceof RunEvent.TaskEnded ended) {
      return new RunEvent.TaskEnded(
          host,
          ended.play(),
          named(ended.task(), on),
          ended.handler(),
          ended.source(),
          ended.status(),
          ended.summaries(),
          ended.diffs(),
          ended.note(),
          ended.elapsed());
    }
    if (event instanceof RunEvent.Failed failed) {
      // Whatever kept the other host from trying: this one may have changed before.
      return new RunEvent.Failed(
          host,
          failed.playbook(),
          failed.play(),
          named(failed.task(), on),
          failed.source(),
          failed.problem(),
          failed.diagnosis(),
          false);
    }
    return event;
  }

  private static String named(String task, String on) {
    return task.endsWith(on) ? task : task + on;
  }
}
