package dev.belay.core.builtin.falco.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          spawned_process and container | container,spawned_process |
          not container and not(a or b) | a,b,container |
          (evt.type in (execve, execveat) and evt.dir=<) | | <,execve,execveat
          proc.name in (shell_binaries) or proc.aname[2]=bash | | bash,shell_binaries
          proc.name in () and m | m |
          fd.name glob '/home/*/.ssh/*' and evt.arg.flags contains O_CREAT | | O_CREAT
          jevt.value[/annotations/a~1b] exists and not (ka.verb exists) | |
          jevt.value["/a]b"] = "x" | |
          proc.cmdline contains "say \\"(\\" or" and m | m |
          evt.rawres >= 0 and fd.num<-1 | | -1,0
          tolower(proc.name) in (a, b) and proc.exe = val(proc.name) | | a,b
          proc.name = nc or(x) and(y) | x,y | nc
          proc.duration <= 5000000000 | | 5000000000
          notable and orb and android | android,notable,orb |
          """)
  void tellsWhatItRefersTo(String text, String macros, String values) {
    Condition condition = Condition.parse(text.strip());

    assertThat(condition.macros()).isEqualTo(set(macros));
    assertThat(condition.values()).isEqualTo(set(values));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a and",
        "a or or b",
        "(a",
        "a)",
        "proc.name",
        "proc.name is bash",
        "proc.name in (a, b",
        "proc.name = \"open",
        "proc.name = ",
        "= a",
        "evt.arg[1 = a",
        "proc.name in (a b)",
        "len(proc.name",
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Condition.parse(text))
        .isInstanceOf(FalcoRulesException.class)
        .hasMessageContaining("do: write");
  }

  @Test
  void refusesADepthThatWouldEndInAStackOverflow() {
    assertThatThrownBy(() -> Condition.parse("(".repeat(100_000)))
        .isInstanceOf(FalcoRulesException.class)
        .hasMessageContaining("nested");
  }

  @Test
  void takesAPartThatIsAddedOnlyWithItsConjunction() {
    assertThat(Condition.parseAppended("and not m").macros()).containsExactly("m");
    assertThat(Condition.parseAppended("or(m)").macros()).containsExactly("m");
    assertThatThrownBy(() -> Condition.parseAppended("m"))
        .hasMessageContaining("begins with neither");
  }

  private static Set<String> set(String names) {
    return names == null ? Set.of() : Set.of(names.strip().split(","));
  }
}
