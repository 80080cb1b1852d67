package dev.belay.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Processor time of everything that this program started, on a busy machine more telling than
 * seconds: of children that have ended and of those that run, such as sshd, with what these in turn
 * have seen end.
 */
final class ProcessorTime {

  private static final int UTIME = 11;
  private static final int CUTIME = 13;
  private static final double TICKS_A_SECOND = 100;
  private static final long DEADLINE_SECONDS = 20;

  private ProcessorTime() {}

  /** Waits until the sessions of sshd have ended: their time is seen once they have. */
  static double seconds() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (sessions() > 0 && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    long ticks = ticks(ProcessHandle.current().pid(), CUTIME, CUTIME + 2);
    for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
      ticks += ticks(child.pid(), UTIME, CUTIME + 2);
    }
    return ticks / TICKS_A_SECOND;
  }

  private static long sessions() {
    return ProcessHandle.current().descendants().filter(ProcessorTime::isSession).count();
  }

  /** The server itself is started by another program. */
  private static boolean isSession(ProcessHandle process) {
    return isServer(process) && process.parent().filter(ProcessorTime::isServer).isPresent();
  }

  private static boolean isServer(ProcessHandle process) {
    return process.info().command().orElse("").contains("/sshd");
  }

  /** Sums fields of /proc/PID/stat, counted from the one after the name; see proc(5). */
  private static long ticks(long pid, int from, int to) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += Long.parseLong(fields[i]);
    }
    return sum;
  }
}
