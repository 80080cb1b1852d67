package dev.belay.core.run;

import dev.belay.core.journal.GuardScript;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.HealthCondition;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.UnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Judges a guard over a new login: all its conditions hold, or what hangs on it is undone. */
final class Verdict {

  private static final Duration MARGIN = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final HostStory story;
  private final LastingShell shell;
  private final Ledger ledger;
  private final Rope rope;
  private final Optional<String> closes;
  private Optional<Problem> problem = Optional.empty();
  private List<String> diagnosis = List.of();

  /**
   * Makes a verdict.
   *
   * @param closes the state in which the run ends when the changes are kept; empty where more is to
   *     come
   */
  Verdict(HostStory story, LastingShell shell, Ledger ledger, Rope rope, Optional<String> closes) {
    this.story = story;
    this.shell = shell;
    this.ledger = ledger;
    this.rope = rope;
    this.closes = closes;
  }

  /** Returns whether the changes are kept; if not, why is told and the undo is still to come. */
  boolean kept() {
    story.began("", "guard at " + rope.guard().source());
    long end = System.nanoTime() + rope.guard().within().minus(MARGIN).toNanos();
    boolean judged = false;
    while (!judged) {
      try (Attachment fresh = shell.freshLogin()) {
        judge(fresh);
        judged = true;
      } catch (UnreachableException lost) {
        // What failed stays failed: asked again, the host might confirm what we are about to undo.
        judged = problem.isPresent() || System.nanoTime() - end > 0 || !pause();
        if (judged && problem.isEmpty()) {
          failed("a new login works", lost.getMessage());
        }
      }
    }
    if (problem.isEmpty()) {
      ledger.offRope();
      closes.ifPresent(state -> ledger.closedByHost(0));
      story.tell(new RunEvent.Kept(story.host(), rope.guard().source(), words()));
      return true;
    }
    story.failed("guard at " + rope.guard().source(), problem.get(), diagnosis);
    return false;
  }

  private List<String> words() {
    return rope.guard().until().stream().map(HealthCondition::text).toList();
  }

  private void judge(Attachment fresh) {
    Batch batch = new Batch();
    List<HealthCondition> until = rope.guard().until();
    for (int i = 0; i < until.size(); i++) {
      int number = i + 1;
      batch.add(
          Request.ifAllWell(
              GuardScript.judge(ledger.run(), rope.number(), number),
              rope.guard().within().plus(Ledger.SHORT)),
          reply -> heard(number, reply));
    }
    batch.add(
        Request.ifAllWell(GuardScript.confirm(ledger.run(), rope.number(), closes), Ledger.SHORT),
        this::confirmed);
    batch.send(fresh.shell());
    shell.add(fresh.shell());
  }

  private void heard(int condition, Reply reply) {
    if (!reply.ok() && !reply.skipped()) {
      failed(rope.guard().until().get(condition - 1).text(), Problems.said(reply));
      diagnose(condition);
    }
  }

  private void confirmed(Reply reply) {
    if (!reply.ok() && !reply.skipped()) {
      failed("the guard confirmed in time", Problems.said(reply));
    } else if (reply.ok() && !reply.err().isEmpty()) {
      story.warn("", reply.err());
    }
  }

  private void failed(String wanted, String got) {
    problem =
        Optional.of(
            new Problem(
                wanted,
                got,
                ledger.state(story.host()),
                "mend what was seen instead, then run check and apply again"));
  }

  /** Over the old login, which may be the only one that works. */
  private void diagnose(int condition) {
    if (rope.guard().until().get(condition - 1).diagnose().isEmpty()) {
      return;
    }
    shell.exchange(
        List.of(
            Request.always(
                GuardScript.diagnose(ledger.run(), rope.number(), condition), Ledger.SHORT)),
        (reply, index) -> diagnosis = reply.text().lines().toList());
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
