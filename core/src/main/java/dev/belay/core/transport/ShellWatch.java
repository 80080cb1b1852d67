package dev.belay.core.transport;

/**
 * Hears how far an exchange is while it lasts; costs no round trip. Called by several threads, and
 * has to be quick.
 */
public interface ShellWatch {

  /** Hears nothing. */
  ShellWatch NONE =
      new ShellWatch() {
        @Override
        public void note(String text) {}

        @Override
        public void sent(long bytes, long all) {}
      };

  /**
   * A request that is at work says how far it is, by {@code B_note TEXT} of the host's shell.
   *
   * @param text as the host wrote it
   */
  void note(String text);

  /**
   * A long list of requests is on its way.
   *
   * @param bytes how much of it was handed to the connection, about
   * @param all how much it is in all, about
   */
  void sent(long bytes, long all);
}
