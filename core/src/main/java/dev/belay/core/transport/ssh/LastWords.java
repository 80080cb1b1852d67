package dev.belay.core.transport.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Keeps the end of what a program says on standard error. */
final class LastWords {

  private static final int KEPT = 1000;
  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final StringBuilder text = new StringBuilder();
  private final Thread reader;

  private LastWords(InputStream errors) {
    reader = new Thread(() -> read(errors), "belay-proxy-errors");
    reader.setDaemon(true);
  }

  static LastWords of(InputStream errors) {
    LastWords words = new LastWords(errors);
    words.reader.start();
    return words;
  }

  private void read(InputStream errors) {
    byte[] buffer = new byte[KEPT];
    try (errors) {
      for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
        keep(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // The program was ended by us.
    }
  }

  private synchronized void keep(String more) {
    text.append(more);
    text.delete(0, Math.max(0, text.length() - KEPT));
  }

  /** Returns it; waits up to a second for a program that is about to end. */
  String text() {
    try {
      reader.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      return text.toString().strip();
    }
  }
}
