package dev.belay.core.run;

import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Requests that travel together, each with what is to be done with its reply. */
final class Batch {

  private final List<Request> requests = new ArrayList<>();
  private final List<Consumer<Reply>> replies = new ArrayList<>();

  void add(Request request, Consumer<Reply> onReply) {
    requests.add(request);
    replies.add(onReply);
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }

  /**
   * Has all performed by the host, be it that the link is lost meanwhile, and sends another batch
   * behind it, in one round trip.
   */
  void perform(LastingShell shell, String run, Batch then) {
    if (requests.isEmpty()) {
      then.send(shell);
      return;
    }
    List<Consumer<Reply>> all = new ArrayList<>(replies);
    all.addAll(then.replies);
    shell.perform(run, requests, then.requests, (reply, index) -> all.get(index).accept(reply));
  }

  /** Sends all in one round trip. */
  void send(Shell shell) {
    if (!requests.isEmpty()) {
      shell.exchange(requests, (reply, index) -> replies.get(index).accept(reply));
    }
  }
}
