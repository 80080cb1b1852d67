package dev.belay.core.builtin.kube.object;

import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectRef;

/** What an object shall be, said by types of Java. */
public sealed interface TypedContent permits RoleRules, RoleGrant {

  /**
   * Returns the content for an object.
   *
   * @throws IllegalArgumentException when objects of that kind cannot have it
   */
  ObjectContent of(ObjectRef ref);
}
