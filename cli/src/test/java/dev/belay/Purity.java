package dev.belay;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.Set;

/** What code does that does more than turn values into values. */
final class Purity {

  /** Types by which a program reaches files, processes, threads or chance. */
  private static final Set<String> OUTSIDE =
      Set.of(
          "java.io.File",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileReader",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.lang.Thread",
          "java.security.SecureRandom",
          "java.time.Clock",
          "java.util.Random",
          "java.util.concurrent.ThreadLocalRandom");

  private static final Set<String> OF_SYSTEM =
      Set.of("getenv", "getProperty", "currentTimeMillis", "nanoTime", "exit", "console");

  private Purity() {}

  /** Files, network, processes, threads, chance, environment or the clock. */
  static ArchCondition<JavaClass> lookOutside() {
    return dependOnClassesThat(
            DescribedPredicate.<JavaClass>describe(
                    "reach outside", type -> OUTSIDE.contains(type.getFullName()))
                .or(resideInAPackage("java.nio.file.."))
                .or(
                    resideInAPackage("java.net..")
                        .and(not(nameMatching("java.net.URI(SyntaxException)?")))))
        .or(callMethodWhere(DescribedPredicate.describe("ask the system", Purity::asksTheSystem)))
        .as("look outside: files, network, processes, threads, chance, environment, clock");
  }

  private static boolean asksTheSystem(JavaMethodCall call) {
    String method = call.getTarget().getName();
    return call.getTargetOwner().isEquivalentTo(System.class)
        ? OF_SYSTEM.contains(method)
        : call.getTargetOwner().getPackageName().equals("java.time") && method.equals("now");
  }

  /** The process's own input and output. */
  static ArchCondition<JavaClass> touchStandardStreams() {
    return accessField(System.class, "out")
        .or(accessField(System.class, "err"))
        .or(accessField(System.class, "in"))
        .or(callMethod(System.class, "console"))
        .or(callMethodWhere(DescribedPredicate.describe("print a stack", Purity::printsAStack)))
        .as("touch standard streams");
  }

  private static boolean printsAStack(JavaMethodCall call) {
    return call.getTarget().getName().equals("printStackTrace");
  }
}
