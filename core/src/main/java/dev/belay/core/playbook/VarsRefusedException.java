package dev.belay.core.playbook;

import java.util.List;

/** A host's variables do not fit the playbook; whoever keeps the inventory has to act. */
public final class VarsRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<VarProblem> problems;

  VarsRefusedException(List<VarProblem> problems) {
    super(problems.toString());
    this.problems = List.copyOf(problems);
  }

  /** Returns all that is wrong. */
  public List<VarProblem> problems() {
    return problems;
  }
}
