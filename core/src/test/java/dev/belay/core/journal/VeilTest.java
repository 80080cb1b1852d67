package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal keeps of a secret's signature: no digest to guess by, and still comparable. */
class VeilTest {

  private static final String PIN = Content.of("1234").sha256();
  private static final String OTHER = Content.of("4321").sha256();

  @TempDir Path home;

  private static JournalEntry.KeptPath kept(String after) {
    RemotePath path = RemotePath.of("/etc/pin");
    return new JournalEntry.KeptPath(
        path, path, "-", after, "-", Optional.empty(), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void hidesTheDigestAndKnowsItAgain(String shell) {
    HostShell host = new HostShell(shell, home);
    String veiled = host.run("b_veil 'f 600 root a.b " + PIN + "'").out();
    assertThat(veiled).startsWith("f 600 root a.b ").doesNotContain(PIN);
    assertThat(host.run("b_veil 'f 600 root a.b " + PIN + "'").out()).isNotEqualTo(veiled);

    for (String seen : new String[] {"f 644 jo users " + PIN, "f 600 root a.b " + OTHER, "-"}) {
      String shown = seen.endsWith(PIN) ? "f 600 root a.b " + PIN : veiled;
      String script = "b_unveil '" + veiled + "' '" + seen + "'; printf %s \"$B_A\"";
      assertThat(host.run(script).out()).as(seen).isEqualTo(shown);
      assertThat(kept(veiled).unveiled(seen).after()).as(seen).isEqualTo(shown);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void leavesWhatIsNoFileAsItIs(String shell) {
    HostShell host = new HostShell(shell, home);
    for (String signature : new String[] {"-", "d 700 root a.b", "l ../a.b c", "o"}) {
      assertThat(host.run("b_veil '" + signature + "'").out()).isEqualTo(signature);
      String script = "b_unveil '" + signature + "' 'f 600 a b c'; printf %s \"$B_A\"";
      assertThat(host.run(script).out()).isEqualTo(signature);
      assertThat(kept(signature).unveiled("f 600 a b c").after()).isEqualTo(signature);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void tellsNoDigestOfASecretThatIsAnother(String shell) {
    HostShell host = new HostShell(shell, home);
    String expected = "'f 600 root root " + PIN + "'";
    assertThat(host.run("b_differs " + expected + " 'f 644 jo jo " + OTHER + "' secret").err())
        .isEqualTo(
            "expected f 600 root root (secret content)\nfound f 644 jo jo (other content)\n");
    assertThat(host.run("b_differs " + expected + " 'f 644 jo jo " + PIN + "' secret").err())
        .endsWith("found f 644 jo jo (that content)\n");
    assertThat(host.run("b_differs " + expected + " - secret").err()).endsWith("found -\n");
    assertThat(host.run("b_differs " + expected + " -").err()).contains(PIN);
  }
}
