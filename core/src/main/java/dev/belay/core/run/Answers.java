package dev.belay.core.run;

import dev.belay.core.journal.GuardScript;
import dev.belay.core.transport.Reply;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;

/** The replies to one list of requests, handed over in order though they come in several goes. */
final class Answers {

  private static final Reply SKIPPED = new Reply(Reply.SKIPPED, new byte[0], "");

  private final int count;
  private final ObjIntConsumer<Reply> onReply;
  private int next;
  private boolean notBegun;

  Answers(int count, ObjIntConsumer<Reply> onReply) {
    this.count = count;
    this.onReply = onReply;
  }

  int next() {
    return next;
  }

  boolean complete() {
    return next == count;
  }

  /** Whatever has not come by now was skipped. */
  void end() {
    while (!complete()) {
      deliver(SKIPPED);
    }
  }

  /**
   * Reads the replies to the start of a job, to the questions after its requests, and to what was
   * sent behind them. What the shell skips is skipped to the end, but for what is always run.
   *
   * @param requests how many questions after requests of the job there are; negative for a list
   *     without a job
   */
  ObjIntConsumer<Reply> ofJob(int requests) {
    return (reply, index) -> {
      if (index == 0 && requests >= 0) {
        notBegun = !reply.ok();
        if (notBegun) {
          deliver(reply);
        }
      } else if (index != 1 || !notBegun) {
        deliver(index <= requests ? unwrapped(reply) : reply);
      }
    };
  }

  /** The status that a request of a job ended with stands in a line before what it printed. */
  private static Reply unwrapped(Reply reply) {
    if (!reply.ok() && reply.exit() != GuardScript.NOT_WELL) {
      return reply;
    }
    byte[] out = reply.out();
    int line = 0;
    while (line < out.length && out[line] != '\n') {
      line++;
    }
    if (line == out.length) {
      return new Reply(GuardScript.ENDED, out, "the host gave no answer that can be read");
    }
    String status = new String(out, 0, line, java.nio.charset.StandardCharsets.US_ASCII);
    return status.equals("skipped")
        ? SKIPPED
        : new Reply(
            Integer.parseInt(status), Arrays.copyOfRange(out, line + 1, out.length), reply.err());
  }

  private void deliver(Reply reply) {
    onReply.accept(reply, next++);
  }
}
