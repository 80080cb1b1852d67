package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MainTest {

  @ParameterizedTest
  @MethodSource("lines")
  void takesTheFileOutOfTheArguments(String line, String rest) {
    String[] without = Main.without("A.java", line.split(" "));
    assertThat(String.join(" ", without)).isEqualTo(rest);
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of("check A.java -i h,", "check -i h,"),
        Arguments.of("check -i h, A.java --diff", "check -i h, --diff"),
        Arguments.of("-i A.java check A.java", "-i A.java check"),
        Arguments.of("check -l A.java -D A.java", "check -l A.java -D"),
        Arguments.of("check -- A.java", "check --"),
        Arguments.of("rollback A.java h -i A.java", "rollback h -i A.java"),
        Arguments.of("rollback -i A.java A.java h r", "rollback -i A.java h r"));
  }

  @Test
  void wantsOneFile() {
    Heard heard = new Heard();
    assertThat(Main.execute(new String[] {"check"}, heard.streams(Terminal.NONE))).isEqualTo(64);
    assertThat(heard.err()).contains("takes one playbook file", "name the Java file");
    String[] two = {"apply", "A.java", "B.java"};
    assertThat(Main.execute(two, heard.streams(Terminal.NONE))).isEqualTo(64);
    assertThat(heard.err()).contains("one file at a time");
  }

  @Test
  void printsHelpAndVersionOnStandardOutput() {
    Heard heard = new Heard();
    assertThat(Main.execute(new String[] {"--help"}, heard.streams(Terminal.NONE))).isZero();
    assertThat(heard.out())
        .contains("belay check    FILE.java", "-i, --inventory", "130 interrupted");
    for (Flag flag : Flag.values()) {
      assertThat(heard.out()).contains("--" + flag.word());
    }
    assertThat(Main.execute(new String[] {"--version"}, heard.streams(Terminal.NONE))).isZero();
    assertThat(heard.out()).contains("belay ").contains("Java " + Runtime.version());
    assertThat(heard.err()).isEmpty();
  }

  @Test
  void showsWhereAnErrorCameFromOnlyWhenAsked() {
    Heard brief = new Heard();
    String[] wrong = {"runs", "all", "-i", "a b,"};
    assertThat(Main.execute(wrong, brief.streams(Terminal.NONE))).isEqualTo(64);
    assertThat(brief.err()).contains("the hosts cannot be understood").doesNotContain("\tat ");
    Heard verbose = new Heard();
    String[] more = {"runs", "all", "-i", "a b,", "-v"};
    assertThat(Main.execute(more, verbose.streams(Terminal.NONE))).isEqualTo(64);
    assertThat(verbose.err()).contains("\tat ");
  }
}
