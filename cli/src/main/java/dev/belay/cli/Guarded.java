package dev.belay.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

/** Turns complaints into text and an exit code. */
final class Guarded {

  private Guarded() {}

  static int run(String[] args, Streams streams, IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (ComplaintException complaint) {
      streams.err().print(complaint.text());
      List<String> words = Arrays.asList(args);
      if (complaint.getCause() != null && (words.contains("-v") || words.contains("--verbose"))) {
        complaint.getCause().printStackTrace(streams.err());
      }
      return complaint.code().code();
    } finally {
      streams.out().flush();
      streams.err().flush();
    }
  }
}
