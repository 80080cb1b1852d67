package dev.belay.core.run;

import dev.belay.core.fact.FailedFactException;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.StepRefusedException;
import dev.belay.core.transport.Reply;

/** Puts what went wrong into the one shape of all errors. */
final class Problems {

  private Problems() {}

  static Problem of(RuntimeException failed) {
    if (failed instanceof StepRefusedException refused) {
      return new Problem(
          refused.getMessage(), refused.got(), "nothing written by it", refused.advice());
    }
    if (failed instanceof FailedFactException fact) {
      return new Problem("to know the host", fact.getMessage(), "nothing written", fact.advice());
    }
    return new Problem("", String.valueOf(failed.getMessage()), "", "");
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
              "the undo could not be kept, so it was not done: " + oneLine(reply.err()),
              state,
              "make room or rights for /var/lib/belay (df -h, mount) and run again");
      default ->
          new Problem(
              wanted,
              "exit " + reply.exit() + ": " + lastLines(reply),
              state,
              "mend what the message names, then run check and apply again");
    };
  }

  /** The lock or the journal of the run could not be had. */
  static Problem ofOpening(Reply reply) {
    if (reply.exit() == JournalScript.LOCKED) {
      return new Problem(
          "to be the only run on this host",
          "it is locked by " + oneLine(reply.err()),
          "nothing written",
          "wait for that run to end, then run again");
    }
    return new Problem(
        "to keep a journal before the first change",
        "exit " + reply.exit() + ": " + lastLines(reply),
        "nothing written",
        "make room or rights for /var/lib/belay (df -h, mount) and run again");
  }

  /** Tells whether the host refused before anything was tried. */
  static boolean refused(Reply reply) {
    return reply.exit() == JournalScript.DRIFT || reply.exit() == JournalScript.LOCKED;
  }

  static String oneLine(String text) {
    return text.strip().replace("\n", "; ");
  }

  private static String lastLines(Reply reply) {
    String said = reply.err().isBlank() ? reply.text() : reply.err();
    String[] lines = said.strip().split("\n");
    int from = Math.max(0, lines.length - 20);
    return String.join("\n", java.util.Arrays.copyOfRange(lines, from, lines.length));
  }
}
