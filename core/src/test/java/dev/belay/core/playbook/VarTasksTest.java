package dev.belay.core.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Secret;
import dev.belay.core.step.Step;
import dev.belay.core.step.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VarTasksTest {

  enum Tier {
    FRONT_END,
    BACK
  }

  record Listen(String address, int port) {}

  record Web(
      String domain,
      int appPort,
      boolean tls,
      Tier tier,
      List<Listen> listens,
      Map<String, Long> limits,
      Optional<Double> weight,
      RemotePath root,
      Secret token) {}

  record One(Object value) {}

  private static final Map<String, Object> FITTING =
      Map.of(
          "domain", "example.org",
          "app_port", 8080,
          "tls", "yes",
          "tier", "front-end",
          "listens", List.of(Map.of("address", "::1", "port", "443")),
          "limits", Map.of("cpu", 2),
          "root", "/srv/www",
          "token", "t0ken",
          "unused", 1);

  private static Step file(String path) {
    return new FilePresent(RemotePath.of(path));
  }

  private static List<VarProblem> problems(Class<? extends Record> type, Map<String, Object> vars) {
    try {
      new VarReading().read(type, vars);
      return List.of();
    } catch (VarsRefusedException refused) {
      return refused.problems();
    }
  }

  @Test
  void readsEveryKindOfVariable() {
    assertThat(new VarReading().read(Web.class, FITTING))
        .isEqualTo(
            new Web(
                "example.org",
                8080,
                true,
                Tier.FRONT_END,
                List.of(new Listen("::1", 443)),
                Map.of("cpu", 2L),
                Optional.empty(),
                RemotePath.of("/srv/www"),
                Secret.of("t0ken")));
  }

  @Test
  void namesAllThatIsMissingOrOfAnotherKind() {
    Map<String, Object> vars =
        Map.of("domain", 1.1, "app_port", "http", "tier", "middle", "token", List.of("t0ken"));
    List<VarProblem> problems = problems(Web.class, vars);
    assertThat(problems)
        .contains(
            new VarProblem("domain", "Web.domain", "a text", "the number 1.1"),
            new VarProblem("app_port", "Web.appPort", "a whole number", "the text \"http\""),
            new VarProblem("tls", "Web.tls", "true or false", ""),
            new VarProblem("tier", "Web.tier", "one of front_end, back", "the text \"middle\""),
            new VarProblem("root", "Web.root", "an absolute path", ""));
    assertThat(problems.toString()).doesNotContain("t0ken").doesNotContain("weight");
  }

  @Test
  void namesTheItemOfAListAndTheKeyOfAMapping() {
    Map<String, Object> vars = new java.util.HashMap<>(FITTING);
    vars.put("listens", List.of(Map.of("address", "a", "port", 1), Map.of("port", true)));
    vars.put("limits", Map.of("cpu", "many"));
    assertThat(problems(Web.class, vars))
        .extracting(VarProblem::variable)
        .containsExactlyInAnyOrder("listens[1].address", "listens[1].port", "limits[cpu]");
  }

  static Stream<Arguments> values() {
    record Number(int value) {}
    record Big(long value) {}
    record Real(double value) {}
    record Flag(boolean value) {}
    record Text(String value) {}
    record Place(RemotePath value) {}
    return Stream.of(
        Arguments.of(Number.class, "-3", true),
        Arguments.of(Number.class, "3.0", false),
        Arguments.of(Number.class, 3.0, false),
        Arguments.of(Number.class, 2_147_483_648L, false),
        Arguments.of(Big.class, 2_147_483_648L, true),
        Arguments.of(Number.class, true, false),
        Arguments.of(Real.class, 1, true),
        Arguments.of(Real.class, "1.5e3", true),
        Arguments.of(Real.class, "NaN", false),
        Arguments.of(Flag.class, "off", true),
        Arguments.of(Flag.class, 1, false),
        Arguments.of(Text.class, "", true),
        Arguments.of(Text.class, 5, false),
        Arguments.of(Text.class, Secret.of("x"), false),
        Arguments.of(Place.class, "relative", false),
        Arguments.of(One.class, List.of(), true));
  }

  @ParameterizedTest
  @MethodSource("values")
  void takesAValueOnlyForWhatItIs(Class<? extends Record> type, Object value, boolean fits) {
    assertThat(problems(type, Map.of("value", value)).isEmpty()).isEqualTo(fits);
  }

  record Port(int value) {
    Port {
      if (value > 65535) {
        throw new IllegalArgumentException("no port: " + value);
      }
    }
  }

  @Test
  void tellsWhatTheRecordItselfRefuses() {
    assertThat(problems(Port.class, Map.of("value", 70000)))
        .containsExactly(new VarProblem("", "Port", "values it takes", "no port: 70000"));
  }

  @Test
  void refusesAComponentThatNoVariableCanBe() {
    record Odd(Thread worker) {}
    assertThatThrownBy(() -> Play.of("p").with(Odd.class, odd -> List.of()))
        .hasMessage("no variable can be a java.lang.Thread, the type of Odd.worker");
  }

  @Test
  void tasksMadeOfVariablesStandWhereTheyWereWritten() {
    record Name(String name) {}
    Play play =
        Play.of("p")
            .tasks(file("/first"))
            .with(Name.class, vars -> List.of(file("/made/" + vars.name())))
            .tasks(file("/last"));
    assertThat(play.made(Map.of("name", "x")).tasks())
        .extracting(Task::name)
        .containsExactly("file[/first]", "file[/made/x]", "file[/last]");
  }
}
