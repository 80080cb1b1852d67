package dev.belay.core.step;

import java.time.Duration;
import java.util.List;

/** What may stand in a play: a step, or a task that places a step with keywords. */
public interface PlayItem extends PlayPart {

  /** Returns this item as a task. */
  Task task();

  @Override
  default List<Task> tasks() {
    return List.of(task());
  }

  /** Returns the task under a name of its own, shown in place of the step's label. */
  default PlayItem named(String name) {
    return task().withName(name);
  }

  /** Returns the task with handlers that run once, at the end, when it changes something. */
  default PlayItem notifies(Handler... handlers) {
    return task().withHandlers(handlers);
  }

  /** Returns the task, skipped on hosts where the condition does not hold. */
  default PlayItem when(Condition condition) {
    return task().withCondition(condition);
  }

  /** Returns the task with tags, by which a run can be limited. */
  default PlayItem tagged(String... tags) {
    return task().withTags(tags);
  }

  /**
   * Returns the task whose changes are tried again when they fail.
   *
   * <p>Commands, packages, units and waits are made again. Files, directories and objects of a
   * cluster are made once, since a second attempt would stumble over the first; of their tasks only
   * what {@link #until} looks at is asked again.
   *
   * @param times how often after the first attempt, at least 0
   * @param delay time before each, whole seconds; it passes on the host
   */
  default PlayItem retries(int times, Duration delay) {
    return task().withOptions(options -> options.trying(Math.addExact(times, 1), delay));
  }

  /**
   * Returns the task that has failed, or is tried again, unless this command succeeds after its
   * last change. The command only reads, holds no secret, and is not run where nothing has to
   * change. The host ends one that takes longer than the {@link #timeout} of the task, or than 60
   * seconds where it has none, with all that it has begun; the attempt has failed then.
   */
  default PlayItem until(String program, String... arguments) {
    return task().withOptions(options -> options.seeing(TaskOptions.words(program, arguments)));
  }

  /**
   * Returns the task each of whose attempts the host ends when it takes longer, with all that it
   * has begun. What a command has done by then stays; rollback undoes it where it can be undone.
   *
   * @param longest whole seconds
   */
  default PlayItem timeout(Duration longest) {
    return task().withOptions(options -> options.within(longest));
  }

  /**
   * Returns the task whose failure is told and does not end the host's run: the tasks behind it go
   * on, planned anew. Its handlers run where it has begun a change.
   */
  default PlayItem ignoringErrors() {
    return task().withOptions(TaskOptions::ignoring);
  }

  /**
   * Returns the task whose changes at most so many hosts make at once; others wait for their turn.
   * Costs a round trip of its own where it changes something.
   *
   * @param hosts at least 1
   */
  default PlayItem throttle(int hosts) {
    return task().withOptions(options -> options.throttled(hosts));
  }

  /**
   * Returns the task that is done on one host of its play only: the first in the order of the
   * inventory, after --limit; in plays that are taken in batches the first that is taken. Its
   * condition is asked there, and its handlers run there.
   *
   * <p>In apply the other hosts wait at this task until it is done there, and fail where that host
   * fails before it. In check nobody waits: of later tasks of the others that ask the cluster or a
   * command, check says that they may change.
   */
  default PlayItem once() {
    return task().withOptions(TaskOptions::once);
  }

  /**
   * Returns the task that is done on another host, for each host of its play when its turn comes
   * there. All of it belongs to the other host: what is asked, the lock, the journal, the undo, and
   * the handlers, which run right behind it. One line works there at a time.
   *
   * <p>Where the other host has tasks of its own in the run, they are done before. What happens is
   * told of the host whose turn it was.
   *
   * @param host name in the inventory
   */
  default PlayItem delegatedTo(String host) {
    return task().withOptions(options -> options.delegatedTo(host));
  }
}
