package dev.belay.core.builtin.log;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The parts of a log, oldest first: rotated files, then the log itself, large ones in stretches.
 *
 * @param log where the log is written
 */
public record LogFileFact(RemotePath log) implements Fact<List<LogPart>> {

  /**
   * Bytes of a plain file that are read by one question, so that neither an answer nor the time it
   * takes grows with the log. Somewhat more than the 100 MB at which the API server rotates a log.
   */
  public static final long STRETCH = 128L << 20;

  @Override
  public String question() {
    return LogShell.FUNCTIONS + "b_log_list " + Sh.quote(log);
  }

  @Override
  public List<LogPart> parse(Answer answer) {
    if (answer.exit() != 0) {
      throw new FailedFactException(
          "cannot read the log " + log + ": " + answer.err(),
          "run as a user that may read it, for example with become");
    }
    Map<String, String> files = new LinkedHashMap<>();
    answer.text().lines().forEach(line -> note(line, files));
    List<LogPart> parts = new ArrayList<>();
    for (String name : RotatedNames.of(log.name()).inOrder(files.keySet())) {
      parts.addAll(stretches(name, files.get(name)));
    }
    if (parts.isEmpty()) {
      throw new UnknownFactException("there is no log " + log + " yet");
    }
    return parts;
  }

  private static void note(String line, Map<String, String> files) {
    String[] words = line.split(" ", 3);
    files.put(words[2], words[0] + " " + words[1]);
  }

  private List<LogPart> stretches(String name, String numbers) {
    RemotePath file = log.parent().resolve(name);
    long inode = Long.parseLong(numbers.substring(0, numbers.indexOf(' ')));
    long size = Long.parseLong(numbers.substring(numbers.indexOf(' ') + 1));
    if (RotatedNames.gzip(name)) {
      return List.of(new LogPart(file, inode, 0, OptionalLong.empty(), true));
    }
    List<LogPart> parts = new ArrayList<>();
    long from = 0;
    for (; from + STRETCH < size; from += STRETCH) {
      parts.add(new LogPart(file, inode, from, OptionalLong.of(from + STRETCH), false));
    }
    parts.add(new LogPart(file, inode, from, OptionalLong.empty(), false));
    return parts;
  }

  @Override
  public String toString() {
    return "log " + log;
  }
}
