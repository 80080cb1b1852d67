package dev.belay.core.run;

import dev.belay.core.transport.ShellWatch;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells how far long work on a host is. Of notes only those are told whose form is known, so that
 * nothing that a program prints by chance gets out.
 */
record HostWatch(HostStory story) implements ShellWatch {

  /**
   * How far apt is: apt's own README.progress-reporting, which also says that a message may hold
   * colons and a package's name none.
   */
  private static final Pattern APT =
      Pattern.compile("(pm|dl)status:([^:]*):(\\d{1,3})(?:\\.\\d*)?:(.*)");

  private static final int MOST = 120;
  private static final int WHOLE = 100;
  private static final double MIB = 1024.0 * 1024;

  @Override
  public void note(String text) {
    Matcher apt = APT.matcher(text.strip());
    if (apt.matches() && Integer.parseInt(apt.group(3)) <= WHOLE) {
      String message = apt.group(4).strip();
      tell(message.substring(0, Math.min(MOST, message.length())), Integer.parseInt(apt.group(3)));
    }
  }

  @Override
  public void sent(long bytes, long all) {
    String text = String.format(Locale.ROOT, "sending %.1f of %.1f MiB", bytes / MIB, all / MIB);
    tell(text, (int) (bytes * WHOLE / all));
  }

  private void tell(String what, int percent) {
    story.tell(new RunEvent.Progress(story.host(), what, percent));
  }
}
