package dev.belay.cli;

import dev.belay.core.run.ExitCode;
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
    } catch (RuntimeException bug) {
      streams
          .err()
          .println("belay: this is a mistake in Belay itself; please report it with this:");
      bug.printStackTrace(streams.err());
      return ExitCode.FAILED.code();
    } finally {
      streams.out().flush();
      streams.err().flush();
    }
  }
}
