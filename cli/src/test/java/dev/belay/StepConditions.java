package dev.belay;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Conditions that ArchUnit has no words for. */
final class StepConditions {

  private StepConditions() {}

  /** Holds for a type that a playbook can get at: by a noun of the DSL, or by what that returns. */
  static ArchCondition<JavaClass> beReachableFromTheDsl(String root) {
    return new ArchCondition<>("be reachable from dsl.Steps") {
      @Override
      public void check(JavaClass step, ConditionEvents events) {
        if (!isReachable(step, root + ".dsl.Steps")) {
          String text = step.getFullName() + " cannot be written in a playbook: add a noun for it";
          events.add(SimpleConditionEvent.violated(step, text + " to " + root + ".dsl.Steps"));
        }
      }
    };
  }

  private static boolean isReachable(JavaClass step, String nouns) {
    Deque<JavaClass> open = new ArrayDeque<>(Set.of(step));
    Set<JavaClass> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      for (JavaMethod method : open.pop().getMethodsWithReturnTypeOfSelf()) {
        JavaClass owner = method.getOwner();
        if (method.getModifiers().contains(JavaModifier.PUBLIC) && seen.add(owner)) {
          open.add(owner);
        }
      }
    }
    return seen.stream().anyMatch(type -> type.getFullName().equals(nouns));
  }

  /** Holds for a type that nobody can extend unseen. */
  static ArchCondition<JavaClass> beClosed() {
    return new ArchCondition<>("be final, a record, an enum, sealed or an interface") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean open =
            !type.isInterface()
                && !type.getModifiers().contains(JavaModifier.FINAL)
                && !type.reflect().isSealed();
        if (open && !type.isEnum()) {
          events.add(SimpleConditionEvent.violated(type, type.getFullName() + " can be extended"));
        }
      }
    };
  }
}
