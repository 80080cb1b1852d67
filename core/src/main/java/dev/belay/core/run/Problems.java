package dev.belay.core.run;

import dev.belay.core.fact.FailedFactException;
import dev.belay.core.journal.GuardScript;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.journal.JournalUnreadableException;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.StepRefusedException;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.UnreachableException;
import java.util.Arrays;

/** Puts what went wrong into the one shape of all errors. */
final class Problems {

  private static final int LINES = 20;

  private Problems() {}

  /**
   * Returns the problem of something that could not be planned.
   *
   * @param state what state the host is in
   */
  static Problem of(RuntimeException failed, String state) {
    if (failed instanceof StepRefusedException refused) {
      return new Problem(refused.getMessage(), refused.got(), state, refused.advice());
    }
    if (failed instanceof FailedFactException fact) {
      return new Problem("to know the host", fact.getMessage(), state, fact.advice());
    }
    if (failed instanceof JournalUnreadableException journal) {
      return new Problem(
          "to read the host's journals", journal.getMessage(), state, journal.advice());
    }
    return new Problem(
        "to know what to do",
        String.valueOf(failed.getMessage()),
        state,
        "look at the host, mend what hides it, and run again");
  }

  /** Something that is our own mistake. */
  static Problem ofBug(RuntimeException bug) {
    StackTraceElement[] trace = bug.getStackTrace();
    return new Problem(
        "to go on",
        "internal error: " + bug + (trace.length > 0 ? " at " + trace[0] : ""),
        "not known; look at `belay runs` for this host",
        "report this with the line above");
  }

  /** A change that the host did not make. */
  static Problem ofChange(String wanted, Reply reply, String state) {
    return switch (reply.exit()) {
      case JournalScript.DRIFT ->
          new Problem(
              wanted,
              "the host has something else than the plan was made for: " + oneLine(reply.err()),
              state,
              "somebody changed it meanwhile; run check again and look at the diff");
      case JournalScript.NO_JOURNAL ->
          new Problem(
              wanted,
              "its undo could not be kept, so it was not done: " + lastLines(reply),
              state,
              "make room or rights where the journals are (df -h, mount), then run again");
      case JournalScript.NOT_NOTED ->
          new Problem(
              wanted,
              "the journal could not note that it is done: " + lastLines(reply),
              state,
              "make room or rights where the journals are (df -h, mount), then run again");
      case GuardScript.STOPPED ->
          new Problem(
              wanted,
              "stopped as asked, before it",
              state,
              "apply again goes on from here; rollback undoes what was done");
      default ->
          new Problem(
              wanted,
              "exit " + reply.exit() + ": " + lastLines(reply),
              state,
              "mend what the message names, then run check and apply again");
    };
  }

  /** The lock or the journal of the run could not be had. */
  static Problem ofOpening(Reply reply, String state) {
    if (reply.exit() == JournalScript.LOCKED) {
      return new Problem(
          "to be the only run on this host",
          "it is locked by " + oneLine(reply.err()),
          state,
          "wait for that run to end, then run again");
    }
    if (reply.exit() == GuardScript.STOPPED) {
      return ofChange("to begin", reply, state);
    }
    return new Problem(
        "to keep a journal before the first change",
        "exit " + reply.exit() + ": " + lastLines(reply),
        state,
        "make room or rights where the journals are (df -h, mount), then run again");
  }

  /** The journal could not be ended. */
  static Problem ofClosing(Reply reply, String state) {
    return new Problem(
        "to note in the journal how the run ended",
        "exit " + reply.exit() + ": " + lastLines(reply),
        state,
        "make room or rights where the journals are (df -h, mount); until then the run is called"
            + " unfinished");
  }

  /** Tells whether the host did nothing of what it was asked. */
  static boolean untouched(Reply reply) {
    return reply.exit() == JournalScript.DRIFT
        || reply.exit() == JournalScript.LOCKED
        || reply.exit() == JournalScript.NO_JOURNAL;
  }

  /** Tells whether it refused because of somebody else: drift or lock. */
  static boolean refused(Reply reply) {
    return reply.exit() == JournalScript.DRIFT || reply.exit() == JournalScript.LOCKED;
  }

  static String oneLine(String text) {
    return text.strip().replace("\n", "; ");
  }

  /** Returns what an undo that failed said, in one line. */
  static String said(Reply reply) {
    return oneLine(lastLines(reply));
  }

  private static String lastLines(Reply reply) {
    String said = reply.err().isBlank() ? reply.text() : reply.err();
    if (said.isBlank()) {
      return "the host gave no reason (exit " + reply.exit() + ")";
    }
    String[] lines = said.strip().split("\n");
    int from = Math.max(0, lines.length - LINES);
    return String.join("\n", Arrays.copyOfRange(lines, from, lines.length));
  }

  /**
   * Takes the host for lost where what it was told to do was ended there before its end.
   *
   * @throws UnreachableException when it was
   */
  static void refuseEnded(String host, Reply reply) {
    if (reply.exit() == GuardScript.ENDED) {
      throw new UnreachableException(
          host + ": " + said(reply),
          "Somebody or something on the host ended it. Connect again to see what it did.",
          null);
    }
  }
}
