package dev.belay.testkit.property;

import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.Task;
import dev.belay.testkit.host.DirectConnector;
import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Check mode never lies, and rollback restores: for drawn playbooks on drawn hosts. {@code
 * -Dbelay.seed=N} begins with another seed, {@code -Dbelay.cases=N} takes so many for each shell.
 */
class PlaybookPropertyTest {

  private static final long SEED = Long.getLong("belay.seed", 200);
  private static final int CASES = Integer.getInteger("belay.cases", 0);

  @ParameterizedTest
  @CsvSource({"/bin/dash, 60", "/bin/bash, 20", "/bin/busybox, 10"})
  void checkSaysWhatApplyDoesAndRollbackRestores(String shell, int usual) throws IOException {
    var options = EmbeddedHost.Options.plain().withShell(Path.of(shell));
    Map<String, Integer> proven = new TreeMap<>();
    try (EmbeddedHost host = EmbeddedHost.start(options)) {
      long last = SEED + (CASES > 0 ? CASES : usual);
      for (long seed = SEED; seed < last; seed++) {
        proven.merge(tried(host, seed, shell.equals("/bin/busybox")), 1, Integer::sum);
      }
    }
    System.err.println(shell + " " + proven);
  }

  private static String tried(EmbeddedHost host, long seed, boolean wholeSeconds) {
    Random random = new Random(seed);
    HostSketch sketch = RandomHost.draw(random, true, true);
    Playbook playbook = RandomPlaybook.draw(random, sketch, true, true);
    try {
      return new PlaybookCase(host, new DirectConnector(host), sketch, playbook, wholeSeconds)
          .run();
    } catch (AssertionError | RuntimeException wrong) {
      throw new AssertionError(
          "seed " + seed + lines(sketch.things()) + lines(told(playbook)), wrong);
    }
  }

  private static List<String> told(Playbook playbook) {
    return playbook.plays().get(0).tasks().stream()
        .map(
            task ->
                task.step()
                    + task.condition().map(c -> " WHEN " + c).orElse("")
                    + notified(task)
                    + " "
                    + task.options())
        .toList();
  }

  private static String notified(Task task) {
    return task.handlers().isEmpty() ? "" : " NOTIFIES " + task.handlers();
  }

  private static String lines(List<?> things) {
    return things.stream().map(thing -> "\n  " + thing).collect(Collectors.joining());
  }
}
