package dev.belay;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The order of core's packages, from the words at the bottom to the reports at the top. */
final class CoreOrder {

  /** Packages of one line do not know each other. */
  private static final List<List<String>> FROM_THE_BOTTOM =
      List.of(
          List.of("remote", "text", "internal"),
          List.of("fact", "yaml", "secret"),
          List.of("change"),
          List.of("step"),
          List.of("builtin", "playbook", "inventory", "transport"),
          List.of("plan", "journal"),
          List.of("run"),
          List.of("report"));

  private CoreOrder() {}

  /** Each package uses only itself and what stands below it. */
  static ArchRule isKept(String root) {
    List<ArchRule> rules = new ArrayList<>();
    List<String> below = new ArrayList<>();
    for (List<String> line : FROM_THE_BOTTOM) {
      line.forEach(one -> rules.add(usesOnly(root, one, below)));
      below.addAll(line);
    }
    return CompositeArchRule.of(rules).allowEmptyShould(true);
  }

  private static ArchRule usesOnly(String root, String own, List<String> below) {
    String[] allowed =
        Stream.concat(Stream.of(own), below.stream())
            .map(name -> root + ".core." + name + "..")
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(root + ".core." + own + "..")
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage(root + "..")).or(resideInAnyPackage(allowed)))
        .because("core is read from the bottom up: core." + own + " is explained by " + below);
  }

  /** No package of core escapes the order. */
  static ArchRule namesEveryPackage(String root) {
    String[] known =
        FROM_THE_BOTTOM.stream()
            .flatMap(List::stream)
            .map(name -> root + ".core." + name + "..")
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(root + ".core..")
        .should()
        .resideInAnyPackage(known)
        .because("a new package of core needs its place in CoreOrder, or nothing orders it");
  }
}
