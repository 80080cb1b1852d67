package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.journal.JournalHeader;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Puts the changes of one run on one host into batches: the journal first, numbers in order. */
final class Ledger {

  static final Duration SHORT = Duration.ofMinutes(1);

  private final String run;
  private final JournalHeader header;
  private boolean opened;
  private int number;
  private int made;

  Ledger(String run, JournalHeader header) {
    this.run = run;
    this.header = header;
  }

  String run() {
    return run;
  }

  /** Tells whether the run has a journal on the host, so that it must be closed. */
  boolean opened() {
    return opened;
  }

  /** Returns how many changes the host has confirmed. */
  int made() {
    return made;
  }

  /** Adds the opening of the journal unless it is open. */
  void open(Batch batch, Consumer<Reply> onReply) {
    if (!opened) {
      batch.add(
          Request.ifAllWell(JournalScript.open(run, header), SHORT),
          reply -> {
            opened = reply.ok();
            onReply.accept(reply);
          });
    }
  }

  void change(Batch batch, Entry entry, Consumer<Reply> onReply) {
    String script =
        JournalScript.change(
            run,
            ++number,
            entry.play(),
            entry.task(),
            entry.change(),
            entry.owes(),
            entry.awaitRestored());
    String whole = entry.pays().isEmpty() ? script : script + " && " + entry.pays();
    Duration deadline = entry.change().deadline().plus(SHORT);
    Request request =
        entry.evenAfterFailure()
            ? Request.always(whole, deadline)
            : Request.ifAllWell(whole, deadline);
    batch.add(
        request,
        reply -> {
          made += reply.ok() ? 1 : 0;
          onReply.accept(reply);
        });
  }

  void close(Batch batch, String state) {
    if (opened) {
      batch.add(Request.always(JournalScript.close(run, state), SHORT), reply -> {});
    }
  }

  /** Says in words what the run leaves on the host when it stops here. */
  String stateSentence(String host) {
    return made == 0
        ? "nothing written by this run"
        : made
            + (made == 1 ? " earlier change stays" : " earlier changes stay")
            + " (undo: belay rollback "
            + host
            + " "
            + run
            + ")";
  }

  /**
   * One change with all that its journal entry says.
   *
   * @param play name of the play
   * @param task name of the task
   * @param change what to do
   * @param owes scripts that note handlers as owed
   * @param pays script that notes a handler as done; empty for none
   * @param awaitRestored waits for health after an undo; empty for none
   * @param evenAfterFailure whether it is done though one before it failed
   */
  record Entry(
      String play,
      String task,
      Change change,
      List<String> owes,
      String pays,
      String awaitRestored,
      boolean evenAfterFailure) {}
}
