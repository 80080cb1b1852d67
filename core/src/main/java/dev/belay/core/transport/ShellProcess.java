package dev.belay.core.transport;

import java.io.InputStream;
import java.io.OutputStream;

/** A running command whose three streams are ours, near or far. */
public interface ShellProcess {

  /** Returns the stream that becomes the command's standard input. */
  OutputStream input();

  /** Returns the command's standard output. */
  InputStream output();

  /** Returns the command's standard error; it has to be read, or the command may stand still. */
  InputStream errors();

  /**
   * Returns how the command ended, such as {@code exit status 137}, or an empty text when that is
   * not known. Waits for it about a second; to be asked only once the output has ended.
   */
  String ending();

  /** Ends the command's input in good order and lets go of it; does not wait. */
  void close();

  /**
   * Gives up at once, so that every blocked read or write of the streams ends. Any thread may call
   * it, also more than once. Whatever carries the streams, such as a connection, is lost with it.
   */
  void destroy();
}
