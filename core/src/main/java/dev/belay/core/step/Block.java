package dev.belay.core.step;

import java.util.Optional;

/**
 * Where a task stands in a {@link TaskBlock}.
 *
 * @param id which block; two are the same only when they are the same object
 * @param role what the task is for
 * @param failed whether a task of the block's body has failed before this one
 */
public record Block(Id id, Role role, boolean failed) {

  /** Tells blocks apart. */
  public static final class Id {

    private final String source;

    Id(String source) {
      this.source = source;
    }

    /** Returns where the playbook's author wrote it. */
    @Override
    public String toString() {
      return source;
    }
  }

  /** What a task is for. */
  public enum Role {
    /** What is wanted. */
    BODY,
    /** Run only when a task of the body has failed. */
    RESCUE,
    /** Run in any case. */
    ALWAYS
  }

  /** Returns why the task is not run; empty when it is. */
  public Optional<String> notRun() {
    if (role == Role.BODY && failed) {
      return Optional.of("a task of its block has failed before");
    }
    if (role == Role.RESCUE && !failed) {
      return Optional.of("runs only when a task of its block fails");
    }
    return Optional.empty();
  }

  /** Returns the place once a task of the body has failed. */
  Block afterFailure() {
    return new Block(id, role, true);
  }
}
