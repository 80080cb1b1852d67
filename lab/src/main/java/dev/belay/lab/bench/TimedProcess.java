package dev.belay.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that has ended well.
 *
 * @param seconds from its start to its end
 * @param processor seconds of processor time, its own and that of the server it talked to
 * @param peakKilobytes most memory that it had resident; not that of its children
 * @param output what it printed
 */
record TimedProcess(double seconds, double processor, long peakKilobytes, String output) {

  private static final long DEADLINE_SECONDS = 600;

  /**
   * Runs a process to its end.
   *
   * @param input its standard input; null for none
   * @param work directory for its output
   */
  static TimedProcess of(List<String> words, Path input, Path work)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(work, "out", ".txt");
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.redirectInput(input == null ? Path.of("/dev/null").toFile() : input.toFile());
    double before = ProcessorTime.seconds();
    long begin = System.nanoTime();
    Process process = builder.start();
    long peak = watch(process);
    double seconds = (System.nanoTime() - begin) / 1e9;
    String said = Files.readString(output);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(words + " ended with " + process.exitValue() + ": " + said);
    }
    return new TimedProcess(seconds, ProcessorTime.seconds() - before, peak, said);
  }

  private static long watch(Process process) throws IOException, InterruptedException {
    long peak = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    Path status = Path.of("/proc/" + process.pid() + "/status");
    while (!process.waitFor(2, TimeUnit.MILLISECONDS)) {
      if (System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IllegalStateException("a contender did not end in " + DEADLINE_SECONDS + " s");
      }
      peak = Math.max(peak, highWater(status));
    }
    return peak;
  }

  private static long highWater(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }
}
