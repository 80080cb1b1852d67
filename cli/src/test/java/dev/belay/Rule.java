package dev.belay;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.step.Event;
import dev.belay.core.step.Step;
import java.util.List;
import java.util.function.Function;
import org.yaml.snakeyaml.Yaml;

/** What holds for all shipped code. Each rule takes the root package, so that it can be tried. */
enum Rule {
  CORE_IS_READ_FROM_THE_BOTTOM(CoreOrder::isKept),
  EVERY_CORE_PACKAGE_HAS_A_PLACE(CoreOrder::namesEveryPackage),
  CORE_HAS_NO_CYCLES(root -> noCycles(root + ".core.(*)..")),
  BUILTIN_HAS_NO_CYCLES(root -> noCycles(root + ".core.builtin.(**)")),
  MODULES_LOOK_DOWN(Rule::modulesLookDown),
  PLAYBOOKS_ONLY_DESCRIBE(Rule::playbooksOnlyDescribe),
  INTERNAL_STAYS_INSIDE(Rule::internalStaysInside),
  STEPS_FACTS_AND_CHANGES_ARE_RECORDS(Rule::valuesAreRecords),
  STEPS_CAN_BE_WRITTEN_IN_A_PLAYBOOK(Rule::stepsHaveNouns),
  DECIDING_IS_PURE(Rule::decidingIsPure),
  ONE_PACKAGE_SPEAKS_SSH(root -> only("net.schmizz..", root + ".core.transport.ssh..")),
  CRYPTOGRAPHY_IS_FOR_SSH_AND_SECRETS(
      root ->
          only(
              "org.bouncycastle..",
              root + ".core.transport.ssh..",
              root + ".dsl.secret..",
              root + ".testkit..")),
  YAML_IS_PARSED_IN_TWO_PLACES(Rule::yamlIsParsedInTwoPlaces),
  THE_SSH_SERVER_IS_FOR_TESTS(root -> only("org.apache.sshd..", root + ".testkit..")),
  ONLY_REPORTS_AND_THE_COMMAND_PRINT(Rule::onlyReportsAndTheCommandPrint),
  NOBODY_LOGS(root -> NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because("events say it all")),
  FAILURES_HAVE_TYPES(
      root ->
          NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.because(
              "who has to act is told by the type of the exception")),
  EXPORTED_TYPES_ARE_CLOSED(Rule::exportedTypesAreClosed),
  NAMES_SAY_WHAT_A_THING_IS(Rule::namesSayWhatAThingIs),
  ACRONYMS_ARE_WORDS(Rule::acronymsAreWords);

  private static final String WORDLESS =
      "(Manager|Helper|Utils?|Base|Abstract|Impl|Data|Context)(?![a-z])";

  private final Function<String, ArchRule> maker;

  Rule(Function<String, ArchRule> maker) {
    this.maker = maker;
  }

  /** Returns the rule for the code below a root package. */
  ArchRule below(String root) {
    return maker.apply(root);
  }

  private static ArchRule noCycles(String slices) {
    return slices()
        .matching(slices)
        .should()
        .beFreeOfCycles()
        .because("packages in a circle can only be understood all at once");
  }

  private static ArchRule modulesLookDown(String root) {
    return CompositeArchRule.of(
            noClasses()
                .that()
                .resideInAPackage(root + ".core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    root + ".dsl..", root + ".playbooks..", root + ".testkit..", root + ".cli.."))
        .and(
            noClasses()
                .that()
                .resideInAnyPackage(root + ".dsl..", root + ".playbooks..", root + ".testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".cli.."))
        .because("core is used by all and the command by none");
  }

  private static ArchRule playbooksOnlyDescribe(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".dsl..", root + ".playbooks..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            root + ".core.plan..",
            root + ".core.run..",
            root + ".core.transport..",
            root + ".core.journal..",
            root + ".core.report..")
        .because("a playbook says what shall be and opens nothing");
  }

  private static ArchRule internalStaysInside(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".core..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + ".core.internal..")
        .because("what is internal may change with any version");
  }

  private static ArchRule valuesAreRecords(String root) {
    return classes()
        .that(isValue().and(not(JavaClass.Predicates.INTERFACES)))
        .should()
        .beRecords()
        .orShould()
        .beEnums()
        .because("steps, facts, changes and events are compared, kept and sent: they are values");
  }

  private static DescribedPredicate<JavaClass> isValue() {
    return assignableTo(Step.class)
        .or(assignableTo(Fact.class))
        .or(assignableTo(Change.class))
        .or(assignableTo(Event.class));
  }

  private static ArchRule stepsHaveNouns(String root) {
    return classes()
        .that(assignableTo(Step.class).or(assignableTo(Event.class)))
        .and(not(JavaClass.Predicates.INTERFACES))
        .and()
        .resideInAPackage(root + ".core.builtin..")
        .should(StepConditions.beReachableFromTheDsl(root))
        .because("a step that no playbook can name does not exist for its users");
  }

  private static ArchRule decidingIsPure(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(
            root + ".core.remote..",
            root + ".core.fact..",
            root + ".core.change..",
            root + ".core.step..",
            root + ".core.builtin..",
            root + ".core.yaml..",
            root + ".core.text..",
            root + ".core.playbook..",
            root + ".core.plan..")
        .should(Purity.lookOutside())
        .because("check mode and apply can only agree when a plan depends on facts alone");
  }

  private static ArchRule only(String library, String... users) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(users)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because("no more than " + List.of(users) + " has to change when " + library + " does");
  }

  private static ArchRule yamlIsParsedInTwoPlaces(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            root + ".core.yaml..", root + ".core.internal.strictyaml..", root + ".testkit..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.yaml.snakeyaml.scanner..", "org.yaml.snakeyaml.parser..")
                .or(resideInAPackage("org.yaml.snakeyaml.composer.."))
                .or(equivalentTo(Yaml.class)))
        .because(
            "one place edits text byte by byte, the other reads strictly; a third would differ");
  }

  private static ArchRule onlyReportsAndTheCommandPrint(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(root + ".core.report..", root + ".dsl.secret..", root + ".cli..")
        .should(Purity.touchStandardStreams())
        .because("what a run says is a fold over its events");
  }

  private static ArchRule exportedTypesAreClosed(String root) {
    return classes()
        .that()
        .arePublic()
        .and(not(resideInAPackage(root + ".testkit..").and(isAbstract())))
        .should(StepConditions.beClosed())
        .because("a type that others extend cannot change any more");
  }

  private static DescribedPredicate<JavaClass> isAbstract() {
    return DescribedPredicate.describe(
        "abstract", type -> type.getModifiers().contains(JavaModifier.ABSTRACT));
  }

  private static ArchRule namesSayWhatAThingIs(String root) {
    return classes()
        .should()
        .haveNameNotMatching(".*" + WORDLESS + ".*")
        .because("such a word stands where the meaning should");
  }

  private static ArchRule acronymsAreWords(String root) {
    return classes()
        .should()
        .haveNameNotMatching(".*[A-Z]{3,}.*")
        .because("SshKeyFile can be read and SSHKeyFile must be deciphered");
  }
}
