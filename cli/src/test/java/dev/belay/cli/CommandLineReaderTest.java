package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.run.ExitCode;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineReaderTest {

  @Test
  void readsEveryOptionOfCheckInItsLongForm() {
    Invocation read =
        CommandLineReader.read(
            "check",
            "A.java",
            "--inventory",
            "h1,",
            "--inventory=hosts.yaml",
            "--limit",
            "cp*",
            "--diff",
            "--forks",
            "20",
            "--user",
            "jo",
            "--become",
            "--ask-become-pass",
            "--private-key",
            "k1",
            "--private-key=k2",
            "--known-hosts",
            "kh",
            "--tags",
            "a, b",
            "--tags",
            "c",
            "--skip-tags",
            "d",
            "--timeout",
            "3",
            "--json",
            "--color",
            "never",
            "--detailed-exitcode",
            "--verbose");
    assertThat(read.verb()).isEqualTo(Verb.CHECK);
    assertThat(read.operands()).containsExactly("A.java");
    assertThat(read.inventories()).containsExactly("h1,", "hosts.yaml");
    assertThat(read.limit()).contains("cp*");
    assertThat(read.forks()).isEqualTo(20);
    assertThat(read.user()).contains("jo");
    assertThat(read.privateKeys()).containsExactly("k1", "k2");
    assertThat(read.knownHosts()).contains("kh");
    assertThat(read.tags()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(read.skipTags()).containsExactly("d");
    assertThat(read.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(read.color()).isEqualTo("never");
    assertThat(read.flags())
        .contains(
            Flag.DIFF,
            Flag.BECOME,
            Flag.ASK_BECOME_PASS,
            Flag.JSON,
            Flag.DETAILED_EXITCODE,
            Flag.VERBOSE);
  }

  @Test
  void readsAnsiblesLettersApartAndTogether() {
    Invocation read =
        CommandLineReader.read(
            "-bKD", "-i", "h,", "apply", "-f7", "A.java", "-l", "x", "-y", "-vv");
    assertThat(read.verb()).isEqualTo(Verb.APPLY);
    assertThat(read.operands()).containsExactly("A.java");
    assertThat(read.forks()).isEqualTo(7);
    assertThat(read.flags())
        .contains(Flag.BECOME, Flag.ASK_BECOME_PASS, Flag.DIFF, Flag.YES, Flag.VERBOSE);
  }

  @Test
  void hasUsualValuesWhereNothingIsGiven() {
    Invocation read = CommandLineReader.read("check");
    assertThat(read.forks()).isEqualTo(5);
    assertThat(read.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(read.color()).isEqualTo("auto");
    assertThat(read.tags()).isEmpty();
    assertThat(read.operands()).isEmpty();
  }

  @Test
  void takesValuesAsTheyAre() {
    Invocation read =
        CommandLineReader.read("check", "-l", "\"a b\"", "--tags='x'", "-i", "", "--", "-x.java");
    assertThat(read.limit()).contains("\"a b\"");
    assertThat(read.tags()).containsExactly("'x'");
    assertThat(read.inventories()).containsExactly("");
    assertThat(read.operands()).containsExactly("-x.java");
  }

  @ParameterizedTest
  @MethodSource("writing")
  void knowsWhetherHostsAreWritten(String line, boolean writes) {
    assertThat(CommandLineReader.read(line.split(" ")).writes()).isEqualTo(writes);
  }

  static Stream<Arguments> writing() {
    return Stream.of(
        Arguments.of("check A.java", false),
        Arguments.of("apply A.java", true),
        Arguments.of("apply A.java -C", false),
        Arguments.of("apply A.java --check", false),
        Arguments.of("rollback cp1", true),
        Arguments.of("rollback cp1 --check", false),
        Arguments.of("runs all", false));
  }

  @ParameterizedTest
  @MethodSource("helping")
  void showsHelpWhereverItIsAskedFor(String line, Verb verb) {
    assertThat(CommandLineReader.read(line.split(" ")).verb()).isEqualTo(verb);
  }

  static Stream<Arguments> helping() {
    return Stream.of(
        Arguments.of("--help", Verb.HELP),
        Arguments.of("-h", Verb.HELP),
        Arguments.of("help", Verb.HELP),
        Arguments.of("apply A.java --help", Verb.HELP),
        Arguments.of("--version", Verb.VERSION),
        Arguments.of("version", Verb.VERSION));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatIsWrongAndWhatWasProbablyMeant(String line, String what, String advice) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ");
    assertThatThrownBy(() -> CommandLineReader.read(args))
        .isInstanceOfSatisfying(
            ComplaintException.class,
            complaint -> {
              assertThat(complaint.code()).isEqualTo(ExitCode.USAGE);
              assertThat(complaint.text())
                  .startsWith("belay: ")
                  .contains(what, "  do      ", advice, "no host was touched");
            });
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("", "no command given", "begin with check"),
        Arguments.of("chekc A.java", "\"chekc\" is no command", "did you mean check?"),
        Arguments.of("A.java", "is no command", "belay check A.java"),
        Arguments.of("check --dif", "unknown option --dif", "did you mean --diff?"),
        Arguments.of("check --forsk=3", "unknown option --forsk", "did you mean --forks?"),
        Arguments.of("check -d", "unknown option -d", "did you mean -D (--diff)?"),
        Arguments.of("check -Z", "unknown option -Z", "belay --help"),
        Arguments.of("check -i", "--inventory needs a value", "belay --help"),
        Arguments.of("check -f 0", "--forks is not a number", "--forks 5"),
        Arguments.of("check -f many", "--forks is not a number", "--forks 5"),
        Arguments.of("check -T 99999999999", "--timeout is not a number", "--timeout 10"),
        Arguments.of("check --color alway", "--color is auto", "did you mean always?"),
        Arguments.of("check -y", "check does not take --yes", "leave it out"),
        Arguments.of("runs all --diff", "runs does not take --diff", "leave it out"),
        Arguments.of("demo -i h,", "demo does not take --inventory", "leave it out"));
  }

  @Test
  void planIsAnotherWordForCheck() {
    assertThat(CommandLineReader.read("plan", "A.java", "--out", "p.json").verb())
        .isEqualTo(Verb.CHECK);
  }
}
