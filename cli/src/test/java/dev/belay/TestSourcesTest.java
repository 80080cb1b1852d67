package dev.belay;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.belay.core.step.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That no test is forgotten: neither by Maven, which goes by names, nor by who adds a step. */
class TestSourcesTest {

  private static final TestSources OURS = new TestSources(Path.of("..").toAbsolutePath());

  @TempDir Path project;

  @Test
  void areAllRunByMaven() throws IOException {
    assertThat(OURS.withoutARunner())
        .as("files whose tests do not run, since their names end in neither Test nor IT")
        .isEmpty();
  }

  @Test
  void proveTheContractOfEveryStep() throws IOException {
    List<String> steps =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.belay.core")
                .get(Step.class)
                .getAllSubclasses()
                .stream()
                .filter(type -> !type.isInterface())
                .map(JavaClass::getSimpleName)
                .toList();

    List<String> missing = new ArrayList<>();

    assertThat(steps).hasSizeGreaterThan(4);
    for (String step : steps) {
      if (!OURS.holdsContractOf(step)) {
        missing.add(step + "Test");
      }
    }
    assertThat(missing).as("add these and let them implement StepContract").isEmpty();
  }

  @Test
  void areFoundWhereTheirNameHidesThem() throws IOException {
    write("core", "Checks.java", "class Checks { @Test void holds() {} }");
    write("core", "KeptTest.java", "class KeptTest { @Test void holds() {} }");
    write("core", "Fixture.java", "class Fixture { @TempDir Path folder; }");

    assertThat(new TestSources(project).withoutARunner())
        .containsExactly("core/src/test/java/Checks.java");
  }

  @Test
  void doNotTakeAnotherTestForTheContract() throws IOException {
    write("testkit", "AlphaTest.java", "class AlphaTest implements StepContract {}");
    write("testkit", "BetaTest.java", "class BetaTest { @Test void holds() {} }");

    assertThat(new TestSources(project).holdsContractOf("Alpha")).isTrue();
    assertThat(new TestSources(project).holdsContractOf("Beta")).isFalse();
    assertThat(new TestSources(project).holdsContractOf("Gamma")).isFalse();
  }

  private void write(String module, String name, String text) throws IOException {
    Path folder = Files.createDirectories(project.resolve(module).resolve("src/test/java"));
    Files.writeString(folder.resolve(name), text);
  }
}
