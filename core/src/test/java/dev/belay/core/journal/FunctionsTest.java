package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.transport.ShellFunctions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the functions of hosts keep the layout by which they are taken apart. */
class FunctionsTest {

  @TempDir Path home;

  @Test
  void eachIsWholeByItself() {
    ShellFunctions functions = ShellFunctions.of(JournalScript.functions());
    assertThat(functions.names()).hasSizeGreaterThan(150);
    List<String> broken = new ArrayList<>();
    functions
        .names()
        .forEach(
            name -> {
              String check = "sh -n <<'END OF PIECE'\n" + functions.piece(name) + "END OF PIECE\n";
              String said = new HostShell("dash", home).run(check).err();
              if (!said.isEmpty()) {
                broken.add(name + ": " + said);
              }
            });
    assertThat(broken).isEmpty();
    assertThat(functions.ahead()).as("what every shell is sent").isEmpty();
  }

  @Test
  void noneIsMissing() {
    String text = JournalScript.functions();
    ShellFunctions functions = ShellFunctions.of(text);
    Matcher called =
        Pattern.compile("(?:^|[;&|({!]|do|then|else) *(b_\\w+)\\b", Pattern.MULTILINE)
            .matcher(text);
    while (called.find()) {
      assertThat(functions.names()).contains(called.group(1));
    }
  }

  @Test
  void namesAreNotPutTogetherAtRunTime() {
    assertThat(JournalScript.functions()).doesNotContainPattern("\\bb_\\w*[$\"']\\w");
  }
}
