package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.journal.GuardScript;
import dev.belay.core.journal.Journal;
import dev.belay.core.journal.JournalHeader;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.step.Guard;
import dev.belay.core.step.TaskOptions;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts the changes of one run on one host into batches: the journal first, numbers in order. */
final class Ledger {

  static final Duration SHORT = Duration.ofMinutes(1);

  private final String run;
  private final JournalHeader header;
  private boolean asked;
  private boolean opened;
  private boolean everOpened;
  private boolean undoing;
  private int number;
  private int guards;
  private Optional<Rope> rope = Optional.empty();
  private int made;
  private boolean failed;

  Ledger(String run, JournalHeader header) {
    this.run = run;
    this.header = header;
  }

  String run() {
    return run;
  }

  /** Tells whether the run has a journal on the host that must be closed. */
  boolean opened() {
    return opened;
  }

  /** Tells whether the host was at least asked to begin a journal. */
  boolean begun() {
    return asked || everOpened;
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
            everOpened |= opened;
            asked = opened;
            onReply.accept(reply);
          });
      asked = true;
    }
  }

  /** Adds the arming of a guard, on which all changes hang until {@link #offRope}. */
  void arm(Batch batch, Guard guard, Consumer<Reply> onReply) {
    Rope armed = new Rope(guard, ++guards, number + 1);
    rope = Optional.of(armed);
    batch.add(
        Request.ifAllWell(
            GuardScript.arm(run, armed.number(), armed.from(), guard), SHORT.plus(SHORT)),
        onReply);
  }

  /** Returns the guard on which the changes hang now. */
  Optional<Rope> rope() {
    return rope;
  }

  /** Hangs a script on the guard, if there is one, which then waits for its end and begins anew. */
  String onRope(String script, Duration deadline) {
    return rope.map(r -> GuardScript.onRope(run, r.number(), r.guard(), deadline, script))
        .orElse(script);
  }

  /** The guard is decided; what comes now does not hang on it. */
  void offRope() {
    rope = Optional.empty();
  }

  /** The host itself has ended the journal and given the lock back. */
  void closedByHost(int undone) {
    made = Math.max(0, made - undone);
    opened = false;
    asked = false;
  }

  void change(Batch batch, Entry entry, Consumer<Reply> onReply) {
    String script =
        JournalScript.change(
            run,
            ++number,
            new JournalScript.Origin(entry.play(), entry.task()),
            entry.change(),
            entry.owes(),
            entry.awaitRestored(),
            JournalScript.attempts(entry.change(), entry.options(), entry.last()));
    Duration longest = entry.options().deadline(entry.change().deadline());
    Duration deadline = longest.plus(SHORT);
    String free = entry.pays().isEmpty() ? script : script + " && " + entry.pays();
    String whole = onRope(free, longest);
    Request request =
        entry.evenAfterFailure()
            ? Request.always(whole, deadline)
            : Request.ifAllWell(whole, deadline);
    batch.add(
        request,
        reply -> {
          made += reply.ok() || reply.exit() == JournalScript.NOT_NOTED ? 1 : 0;
          onReply.accept(reply);
        });
  }

  /**
   * Adds the end of the journal, if it is open; a later leg of the run may open it again. A run
   * that has failed once stays failed.
   */
  void close(Batch batch, String state, Consumer<Reply> onReply) {
    failed |= state.equals(Journal.FAILED);
    String told = failed && state.equals(Journal.APPLIED) ? Journal.FAILED : state;
    if (opened) {
      batch.add(
          Request.always(JournalScript.close(run, told), SHORT),
          reply -> {
            opened = false;
            asked = false;
            onReply.accept(reply);
          });
    }
  }

  /** Says in words what the run leaves on the host when it stops here. */
  String state(String host) {
    if (rope.isPresent()) {
      int earlier = Math.min(made, rope.get().from() - 1);
      return "what hangs on the guard is being undone, see below"
          + (earlier == 0 ? "" : "; " + stay(earlier) + " (" + undo(host) + ")");
    }
    return made == 0 ? "nothing written by this run" : stay(made) + " (" + undo(host) + ")";
  }

  private static String stay(int changes) {
    return changes + (changes == 1 ? " earlier change stays" : " earlier changes stay");
  }

  /** Says the same when a change itself has failed, which may have done a part of its work. */
  String stateAfter(String host, Change failed, boolean whole, Reply reply) {
    if (reply.exit() == JournalScript.NOT_NOTED) {
      return "it is done, only not noted as done; " + made + " changes stay (" + undo(host) + ")";
    }
    if (Problems.untouched(reply) || whole || rope.isPresent()) {
      return state(host);
    }
    if (failed instanceof Change.OneWay) {
      String none = "it may be half done, and nothing undoes it";
      return made == 0 ? none : none + "; " + stay(made) + " (" + undo(host) + ")";
    }
    String half = "it may be half done, and how to undo it is kept (" + undo(host) + ")";
    return made == 0 ? half : half + "; " + made + " earlier changes stay";
  }

  private String undo(String host) {
    return "undo: belay rollback " + host + " " + run;
  }

  /** Notes that the run is being undone from here on. */
  void undoing() {
    undoing = true;
  }

  /** Tells whether the run was undone on the host, or was about to be. */
  boolean isUndoing() {
    return undoing;
  }

  /** Says what is known when the host is lost now. */
  Loss loss(String host) {
    if (!begun()) {
      return new Loss("nothing written by this run", "");
    }
    String advice =
        "then look at `belay runs "
            + host
            + "`; applying again completes it, and `belay rollback "
            + host
            + " "
            + run
            + "` undoes it";
    if (!everOpened) {
      return new Loss("run " + run + " was about to begin; whether it did is not known", advice);
    }
    if (rope.isPresent()) {
      return new Loss(
          "run "
              + run
              + " hangs on a guard: the host undoes it by itself once "
              + rope.get().guard().within().toSeconds()
              + " s have gone by without word from us",
          "then look at `belay runs " + host + "`: it is rolled back there, or says what remains");
    }
    if (undoing) {
      return new Loss(
          "run " + run + " was being undone; how much of it is undone is not known",
          "then `belay rollback " + host + " " + run + "` undoes the rest");
    }
    String confirmed =
        "run " + run + " has made " + made + (made == 1 ? " change" : " changes") + " for certain";
    return new Loss(
        opened ? confirmed + "; the one it was at may be made, half made or not" : confirmed,
        advice);
  }

  /**
   * One change with all that its journal entry says.
   *
   * @param play name of the play
   * @param task name of the task
   * @param change what to do
   * @param owes what the host is owed once it is begun: script by name
   * @param pays script that notes a handler as done; empty for none
   * @param awaitRestored waits for health after an undo; empty for none
   * @param evenAfterFailure whether it is done though one before it failed
   * @param options how its task is run
   * @param last whether it is the last change of its task
   */
  record Entry(
      String play,
      String task,
      Change change,
      Map<String, String> owes,
      String pays,
      String awaitRestored,
      boolean evenAfterFailure,
      TaskOptions options,
      boolean last) {

    /** The change of a handler or debt, which is tried once. */
    Entry(
        String play,
        String task,
        Change change,
        Map<String, String> owes,
        String pays,
        String awaitRestored,
        boolean evenAfterFailure) {
      this(play, task, change, owes, pays, awaitRestored, evenAfterFailure, TaskOptions.NONE, true);
    }
  }
}
