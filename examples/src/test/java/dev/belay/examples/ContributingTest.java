package dev.belay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the step, the line and the test of CONTRIBUTING.md, so that they stay true. */
class ContributingTest {

  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void showsAStepThatCompiles() throws IOException {
    List<String> shown = shown();
    String noun =
        "import dev.belay.core.builtin.kernel.ModuleAtBoot;\nclass Noun {\n" + shown.get(1) + "}\n";

    assertThat(complaints(List.of(shown.get(0), noun, shown.get(2)))).isEmpty();
    assertThat(complaints(List.of(shown.get(0).replace("ReversibleStep {", "Step {"))))
        .contains("Step");
  }

  private static List<String> shown() throws IOException {
    Matcher block = JAVA.matcher(Files.readString(BelayProcess.top().resolve("CONTRIBUTING.md")));
    return block.results().map(found -> found.group(1)).toList();
  }

  private String complaints(List<String> sources) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-Xlint:all", "-Werror", "-d"));
    arguments.add(folder.resolve("classes").toString());
    for (String source : sources) {
      Matcher name = Pattern.compile("(record|class) (\\w+)").matcher(source);
      assertThat(name.find()).isTrue();
      Path file = folder.resolve(name.group(2) + ".java");
      arguments.add(Files.writeString(file, source).toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromStrings(arguments.subList(5, arguments.size()));
      compiler.getTask(said, files, null, arguments.subList(0, 5), null, units).call();
    }
    return said.toString();
  }
}
