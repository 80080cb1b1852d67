package dev.belay.core.run;

import dev.belay.core.journal.GuardScript;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the host undo what hangs on a guard, unless it is doing so already, and tells what it did.
 */
final class GuardRollback {

  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final HostStory story;
  private final Shell shell;
  private final Ledger ledger;
  private final List<String> diagnosis = new ArrayList<>();
  private final List<String> remaining = new ArrayList<>();
  private int undone;
  private boolean byItself;

  GuardRollback(HostStory story, Shell shell, Ledger ledger) {
    this.story = story;
    this.shell = shell;
    this.ledger = ledger;
  }

  void run(Rope rope) {
    String run = ledger.run();
    Batch batch = new Batch();
    batch.add(Request.always(GuardScript.giveUp(run, rope.number()), Ledger.SHORT), reply -> {});
    batch.add(
        Request.always(
            GuardScript.report(run, rope.number(), PATIENCE), PATIENCE.plus(Ledger.SHORT)),
        this::read);
    batch.send(shell);
    ledger.offRope();
    ledger.closedByHost(undone);
    story.tell(new RunEvent.RolledBack(story.host(), run, block(rope), remaining));
  }

  private static String block(Rope rope) {
    return rope.from() == 1 ? "" : rope.guard().source();
  }

  private void read(Reply reply) {
    if (!reply.ok()) {
      remaining.add("all that hangs on the guard: " + Problems.said(reply));
      return;
    }
    reply.text().lines().forEach(this::line);
    // Where the host acted by itself nobody else has looked; else it was shown with what failed.
    if (byItself && !diagnosis.isEmpty()) {
      story.warn("", "seen before the undo:\n" + String.join("\n", diagnosis));
    }
  }

  private void line(String line) {
    int blank = line.indexOf(' ');
    String text = line.substring(blank + 1).strip();
    switch (line.substring(0, Math.max(0, blank))) {
      case "undone" -> {
        undone++;
        story.tell(new RunEvent.Undone(story.host(), text, List.of(), false));
      }
      case "remains" -> remaining.add(text);
      case "reason" -> byItself(text);
      case "diagnosis" -> diagnosis.add(text);
      case "warn" -> story.warn("", text);
      default -> ended(text);
    }
  }

  private void byItself(String reason) {
    byItself = true;
    story.warn("", "the host undid it by itself: " + reason);
  }

  private void ended(String word) {
    if (!word.equals("undone") && !word.equals("failed")) {
      remaining.add("all that hangs on the guard: it ended as " + word);
    }
  }
}
