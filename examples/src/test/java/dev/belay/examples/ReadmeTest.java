package dev.belay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the README with what really happens. With {@code -Dreadme.write=true} it writes the real
 * output into the README instead.
 */
class ReadmeTest {

  private static final Path README = BelayProcess.top().resolve("README.md");
  private static final String EXAMPLE = "examples/FirstPlaybook.java";

  @TempDir Path temp;

  @Test
  void showsTheExampleAndItsRealOutput() throws Exception {
    String readme = Files.readString(README);
    List<String> fences = List.of("```java\n", "```console\n", "```console\n", "```console\n");
    List<String> wanted = wanted();
    String mended = readme;
    int from = 0;
    for (int i = 0; i < fences.size(); i++) {
      int start = mended.indexOf(fences.get(i), from) + fences.get(i).length();
      int end = mended.indexOf("```", start);
      String shown = mended.substring(start, end);
      if (!comparable(shown).equals(comparable(wanted.get(i)))) {
        mended = mended.substring(0, start) + wanted.get(i) + mended.substring(end);
      }
      from = mended.indexOf("```", start) + 3;
    }
    if (Boolean.getBoolean("readme.write")) {
      Files.writeString(README, mended);
    } else {
      assertThat(readme).as("run with -Dreadme.write=true to renew it").isEqualTo(mended);
    }
  }

  private List<String> wanted() throws IOException, InterruptedException {
    try (EmbeddedHost host = EmbeddedHost.start()) {
      BelayProcess belay = new BelayProcess(host, temp);
      String example = Files.readString(BelayProcess.top().resolve(EXAMPLE));
      return List.of(
          example,
          output(belay, "check", EXAMPLE, "--diff"),
          output(belay, "apply", EXAMPLE, "-y"),
          output(belay, "rollback", "cp1", "-y"));
    }
  }

  private static String output(BelayProcess belay, String... words)
      throws IOException, InterruptedException {
    String output = belay.run(words).output();
    return "$ ./belay " + String.join(" ", words) + " -i inventory.yaml\n" + output;
  }

  /** What differs from run to run: times, names of runs, spaces at the ends of lines. */
  private static String comparable(String output) {
    return output
        .replaceAll("\\b[0-9.]+ m?s\\b", "N s")
        .replaceAll("  N s", "")
        .replaceAll("[0-9]{8}T[0-9]{6}-[0-9a-f]{4}", "RUN")
        .replaceAll(" +\n", "\n");
  }
}
