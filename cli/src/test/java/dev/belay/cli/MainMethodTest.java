package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MainMethodTest {

  private static final String SAYS = "{ System.setProperty(\"belay.test\", \"%s\"); }";

  static Stream<Arguments> styles() {
    return Stream.of(
        Arguments.of("public static void main(String[] a) " + says("static"), "static"),
        Arguments.of("static void main(String... a) " + says("hidden"), "hidden"),
        Arguments.of("void main(String[] a) " + says("instance"), "instance"),
        Arguments.of("void main() " + says("bare"), "bare"),
        Arguments.of("protected static void main() " + says("static bare"), "static bare"),
        Arguments.of(
            "static void main() " + says("worse") + " void main(String[] a) " + says("better"),
            "better"));
  }

  private static String says(String word) {
    return SAYS.formatted(word);
  }

  @ParameterizedTest
  @MethodSource("styles")
  void callsEachStyleOfMain(String main, String said) throws Exception {
    Class<?> type = compiled("class Play { " + main + " }").load();
    MainMethod.of(type).orElseThrow().call(new String[0]);
    assertThat(System.getProperty("belay.test")).isEqualTo(said);
  }

  @Test
  void handsOverTheArguments() throws Exception {
    String body = "System.setProperty(\"belay.test\", String.join(\"|\", a));";
    Class<?> type = compiled("class Play { void main(String[] a) { " + body + " } }").load();
    MainMethod.of(type).orElseThrow().call(new String[] {"check", "-i", "a b,"});
    assertThat(System.getProperty("belay.test")).isEqualTo("check|-i|a b,");
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void findsNoneWhereNothingCanBeStarted(String source) throws Exception {
    Class<?> type = new CompiledPlaybookProbe(source).load();
    assertThat(MainMethod.of(type)).isEmpty();
  }

  static Stream<String> unfit() {
    return Stream.of(
        "class Play { }",
        "class Play { private static void main(String[] a) {} }",
        "class Play { static int main(String[] a) { return 1; } }",
        "class Play { Play(int x) {} void main() {} }",
        "abstract class Play { void main() {} }");
  }

  private static CompiledPlaybook compiled(String source) {
    return new PlaybookCompiler("").compile(new SourceText(Path.of("Play.java"), source));
  }

  /** Compiles a class that has nothing to start beside one that has. */
  private record CompiledPlaybookProbe(String source) {
    Class<?> load() {
      String beside = source + " class Other { static void main(String[] a) {} }";
      return new CompiledPlaybook("Play", compiled(beside).classes()).load();
    }
  }
}
