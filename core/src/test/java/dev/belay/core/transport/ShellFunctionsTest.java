package dev.belay.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellFunctionsTest {

  private static final String TEXT =
      """
      mv() { echo "$@"; }
      # said once
      B_LIST=/etc/list
      b_one() { echo one; }
      b_two() {
        if true; then b_one; fi
        cat "$B_LIST"
      }
      b_three() (
        b_two
      )
      b_program() {
        eval "$(cat "$1")"
      }
      b_one() { echo another; }
      """;

  private final ShellFunctions functions = ShellFunctions.of(TEXT);

  @Test
  void givesWhatScriptsNameAndWhatThatNeeds() {
    assertThat(functions.missing(List.of("true", "b_two x")))
        .contains("b_two() {\n  if true", "B_LIST=/etc/list\n", "b_one() { echo another; }\n")
        .doesNotContain("b_three", "b_program");
  }

  @Test
  void givesNothingTwice() {
    functions.missing(List.of("b_two"));
    assertThat(functions.missing(List.of("b_three"))).isEqualTo("b_three() (\n  b_two\n)\n");
    assertThat(functions.missing(List.of("b_three; b_one"))).isEmpty();
  }

  @Test
  void findsNamesInsideQuotedProgramsOfScripts() {
    assertThat(functions.missing(List.of("b_job 'run '\\''b_one'\\'''")))
        .isEqualTo("b_one() { echo another; }\n");
  }

  @Test
  void isNotFooledByNamesThatOnlyEndAlike() {
    assertThat(functions.missing(List.of("ab_one b_one_more b_on XB_LIST"))).isEmpty();
  }

  @Test
  void laterDefinitionHolds() {
    assertThat(functions.missing(List.of("b_one"))).isEqualTo("b_one() { echo another; }\n");
  }

  @Test
  void whatIsNeitherFunctionNorSettingGoesAhead() {
    assertThat(functions.ahead()).isEqualTo("mv() { echo \"$@\"; }\n# said once\n");
    assertThat(functions.names())
        .containsExactlyInAnyOrder("B_LIST", "b_one", "b_two", "b_three", "b_program");
  }

  @Test
  void whatEvaluatesTextOfTheHostGetsEverything() {
    functions.missing(List.of("b_one"));
    assertThat(functions.missing(List.of("b_program")))
        .startsWith("B_KEPT='LC_ALL=C;")
        .contains("b_three() (", "mv() {")
        .endsWith("\neval \"$B_KEPT\"\n");
    assertThat(functions.missing(List.of("b_program; b_three"))).isEmpty();
    assertThat(ShellFunctions.of(TEXT).missing(List.of("eval \"$B_X\""))).contains("b_three() (");
    assertThat(ShellFunctions.of(TEXT).missing(List.of("echo evaluate medieval"))).isEmpty();
  }
}
