package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Tells a run to programs, as JSON lines: one event a line, each flushed, the last one of type
 * {@code recap}. Every line is an object with {@code v}, the version of the format, and {@code
 * type}; a new version means that a key went or changed its meaning, never that one was added. Pure
 * ASCII, so that it survives any locale and no text in it can steer a terminal. Not thread-safe.
 * When the output fails, such as a closed pipe, the report falls silent and the run goes on.
 */
public final class JsonReport implements Consumer<RunEvent> {

  /** The version of the format. */
  public static final int VERSION = 1;

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final OutputStream out;
  private boolean silent;

  /**
   * Makes a report.
   *
   * @param out where it is written; not closed
   */
  public JsonReport(OutputStream out) {
    this.out = out;
  }

  /** Writes the event as one line; the end of the run takes two. */
  @Override
  public void accept(RunEvent event) {
    // What is planned says the same as the task's event; how far work is is for those who look on.
    if (event instanceof RunEvent.Planned || event instanceof RunEvent.Progress) {
      return;
    }
    StringWriter line = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
      JsonEvent.write(json, event);
    }
    print(line.append('\n').toString());
    if (event instanceof RunEvent.Ended ended) {
      recap(ended);
    }
  }

  private void recap(RunEvent.Ended ended) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
      JsonEvent.writeRecap(json, ended.recap());
    }
    print(line.append('\n').toString());
  }

  private void print(String line) {
    if (silent) {
      return;
    }
    try {
      out.write(line.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException gone) {
      // A run must not stop half way because nobody reads any more.
      silent = true;
    }
  }
}
