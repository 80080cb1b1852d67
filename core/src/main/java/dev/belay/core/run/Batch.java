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

  /** Sends all in one round trip. */
  void send(Shell shell) {
    if (!requests.isEmpty()) {
      shell.exchange(requests, (reply, index) -> replies.get(index).accept(reply));
    }
  }
}
