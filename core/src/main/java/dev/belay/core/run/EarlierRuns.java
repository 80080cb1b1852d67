package dev.belay.core.run;

import dev.belay.core.journal.Journal;
import dev.belay.core.journal.RunsFact;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Tells what earlier runs have left open on a host. */
final class EarlierRuns {

  private final HostStory story;

  EarlierRuns(HostStory story) {
    this.story = story;
  }

  /**
   * Tells of the run before this one where it came to no end, which nothing else might show.
   *
   * @param run this run
   */
  void tellCutOff(RunsFact.Run last, String run) {
    boolean own = last.run().equals(run);
    if (own || !Set.of(Journal.UNFINISHED, Journal.ROLLING_BACK).contains(last.state())) {
      return;
    }
    story.warn(
        "",
        "run "
            + last.run()
            + " ("
            + last.header().playbook()
            + ", "
            + last.header().operator()
            + ") was cut off and is "
            + last.state()
            + "; apply again completes it, and `belay rollback "
            + story.host()
            + " "
            + last.run()
            + "` undoes it");
  }

  /** Tells in a check of a handler or health that is owed. */
  void tellDebt(String name) {
    story.handler(
        name,
        RunEvent.Status.WOULD_CHANGE,
        List.of(),
        Debt.isHealth(name)
            ? "it is not known since an earlier run was cut off; apply looks at it"
            : "it is owed since an earlier run failed; apply runs it first",
        Duration.ZERO);
  }
}
