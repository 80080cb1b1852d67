package dev.belay;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.belay.core.run.Runner;
import dev.belay.core.step.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every {@link Rule} holds for the shipped code, and fails for an offender planted here. */
class ArchitectureTest {

  private static final String OFFENDERS = "dev.belay.offenders";

  private static final Map<Rule, Set<String>> PLANTED =
      Map.ofEntries(
          Map.entry(Rule.CORE_IS_READ_FROM_THE_BOTTOM, Set.of("LooksUp", "LooksAside")),
          Map.entry(Rule.EVERY_CORE_PACKAGE_HAS_A_PLACE, Set.of("Placeless")),
          Map.entry(Rule.CORE_HAS_NO_CYCLES, Set.of("Hen", "Egg")),
          Map.entry(Rule.BUILTIN_HAS_NO_CYCLES, Set.of("LeftStep", "RightStep")),
          Map.entry(Rule.MODULES_LOOK_DOWN, Set.of("KnowsTheCommand")),
          Map.entry(Rule.PLAYBOOKS_ONLY_DESCRIBE, Set.of("StartsARun")),
          Map.entry(Rule.INTERNAL_STAYS_INSIDE, Set.of("UsesInternals")),
          Map.entry(Rule.STEPS_FACTS_AND_CHANGES_ARE_RECORDS, Set.of("ChangingStep")),
          Map.entry(Rule.STEPS_CAN_BE_WRITTEN_IN_A_PLAYBOOK, Set.of("ChangingStep")),
          Map.entry(Rule.DECIDING_IS_PURE, Set.of("ReadsAFile", "AsksTheClock")),
          Map.entry(Rule.ONE_PACKAGE_SPEAKS_SSH, Set.of("SpeaksSsh")),
          Map.entry(Rule.CRYPTOGRAPHY_IS_FOR_SSH_AND_SECRETS, Set.of("UsesBouncyCastle")),
          Map.entry(Rule.YAML_IS_PARSED_IN_TWO_PLACES, Set.of("ParsesYaml")),
          Map.entry(Rule.THE_SSH_SERVER_IS_FOR_TESTS, Set.of("ServesSsh")),
          Map.entry(Rule.ONLY_REPORTS_AND_THE_COMMAND_PRINT, Set.of("Prints", "PrintsAStack")),
          Map.entry(Rule.NOBODY_LOGS, Set.of("Logs")),
          Map.entry(Rule.FAILURES_HAVE_TYPES, Set.of("ThrowsAnything")),
          Map.entry(Rule.EXPORTED_TYPES_ARE_CLOSED, Set.of("OpenDoor")),
          Map.entry(Rule.NAMES_SAY_WHAT_A_THING_IS, Set.of("HostManager")),
          Map.entry(Rule.ACRONYMS_ARE_WORDS, Set.of("SSHDoor")));

  /** Shipped code, wherever Maven has it by now: in folders of classes or in jars. */
  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.belay");

  private static final JavaClasses PLANTED_CLASSES =
      new ClassFileImporter().importPackages(OFFENDERS);

  @ParameterizedTest
  @EnumSource
  void holdsForShippedCode(Rule rule) {
    rule.below("dev.belay").check(SHIPPED);
  }

  @ParameterizedTest
  @EnumSource
  void failsForItsOffenders(Rule rule) {
    List<String> found =
        rule.below(OFFENDERS).evaluate(PLANTED_CLASSES).getFailureReport().getDetails();

    assertThat(PLANTED).as("name an offender for the rule").containsKey(rule);
    for (String offender : PLANTED.get(rule)) {
      assertThat(found).as("offender %s", offender).anyMatch(line -> line.contains(offender));
    }
    assertThat(found).noneMatch(line -> line.matches("\\S* ?<?\\S*(Innocent|NamedStep)\\b.*"));
  }

  @Test
  void seesTheCodeOfEveryModule() {
    Set<String> modules =
        SHIPPED.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith("dev.belay."))
            .map(name -> name.split("\\.")[2])
            .collect(Collectors.toSet());

    assertThat(modules).contains("core", "dsl", "testkit", "cli").doesNotContain("offenders");
    assertThat(SHIPPED.contain(Runner.class)).isTrue();
    assertThat(SHIPPED.get(Step.class).getAllSubclasses()).hasSizeGreaterThan(4);
  }
}
