package dev.belay.core.builtin.kube.audit;

import java.util.List;
import java.util.stream.Collectors;

/** An audit policy that the API server would reject or not understand; its author has to act. */
public final class PolicyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<PolicyProblem> problems;

  /**
   * Makes the exception.
   *
   * @param problems everything wrong, at least one
   */
  public PolicyException(List<PolicyProblem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns everything wrong, in the order of the policy. */
  public List<PolicyProblem> problems() {
    return problems;
  }

  private static String message(List<PolicyProblem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream()
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", "audit policy refused, " + count + ":", ""));
  }
}
