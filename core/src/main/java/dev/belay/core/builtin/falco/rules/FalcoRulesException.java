package dev.belay.core.builtin.falco.rules;

import java.util.List;
import java.util.stream.Collectors;

/** Rules that Falco would refuse or not understand; their author has to act. */
public final class FalcoRulesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<RulesProblem> problems;

  /**
   * Makes the exception.
   *
   * @param problems everything wrong, at least one
   */
  public FalcoRulesException(List<RulesProblem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  static FalcoRulesException of(String text, String advice) {
    return new FalcoRulesException(List.of(new RulesProblem(text, advice, 0, 0)));
  }

  /** Returns everything wrong, in the order of the file. */
  public List<RulesProblem> problems() {
    return problems;
  }

  private static String message(List<RulesProblem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream()
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", "Falco rules refused, " + count + ":", ""));
  }
}
