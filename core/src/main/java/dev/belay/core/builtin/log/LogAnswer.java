package dev.belay.core.builtin.log;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.FailedFactException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Reads the answer about a part of a log as a stream of lines. */
public final class LogAnswer {

  /** Gets the lines of a log, one after the other. */
  public interface LineReader {

    /**
     * Takes one line, without its line end.
     *
     * @param buffer holds the line; only until the method returns
     * @param from its first byte
     * @param length its bytes
     * @param ended whether a line end followed; false only for the last line, maybe cut off
     */
    void line(byte[] buffer, int from, int length, boolean ended);

    /**
     * Is told of a line that is longer than {@link LineStream#LINE_LIMIT}, which is passed over.
     */
    void tooLong();
  }

  private LogAnswer() {}

  /**
   * Hands all lines over.
   *
   * @throws FailedFactException when the part could not be read as a whole
   */
  public static void read(LogPart part, Answer answer, LineReader reader) {
    if (answer.exit() != 0 || answer.out().length < 2) {
      throw failed(part, answer.err(), "run it again");
    }
    byte[] out = answer.out();
    if (out.length >= LogPart.ANSWER_LIMIT) {
      throw tooMuch(part);
    }
    try (InputStream in = lines(out)) {
      new LineStream(in).read(reader);
    } catch (IOException damaged) {
      throw failed(part, damaged.getMessage(), "run it again");
    }
    if (!answer.err().isBlank()) {
      throw failed(part, answer.err(), "take the file away if it is damaged, and run again");
    }
  }

  private static FailedFactException tooMuch(LogPart part) {
    return failed(
        part,
        "more of its lines may matter than can be sent",
        "narrow what is looked for, or split the file");
  }

  private static InputStream lines(byte[] out) throws IOException {
    InputStream rest = new ByteArrayInputStream(out, 2, out.length - 2);
    return out[0] == 'z' ? new GZIPInputStream(rest, 1 << 15) : rest;
  }

  private static FailedFactException failed(LogPart part, String why, String advice) {
    return new FailedFactException("cannot read the log " + part + ": " + why, advice);
  }
}
