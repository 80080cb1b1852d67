package dev.belay.core.builtin.kube.audit;

/**
 * One reason to refuse an audit policy.
 *
 * @param path which part, such as {@code rules[0].resources[1].group}; empty for the whole policy
 * @param text what is wrong, in the API server's own words where it has any
 * @param advice what to do
 * @param line line of the file from 1; 0 when the policy was not read from a file
 * @param column column of the file from 1; 0 when the policy was not read from a file
 */
public record PolicyProblem(String path, String text, String advice, int line, int column) {

  static PolicyProblem of(String path, String text, String advice) {
    return new PolicyProblem(path, text, advice, 0, 0);
  }

  PolicyProblem at(int newLine, int newColumn) {
    return new PolicyProblem(path, text, advice, newLine, newColumn);
  }

  /** Returns place, text and advice on two lines. */
  @Override
  public String toString() {
    String place = line == 0 ? "" : "line " + line + ", column " + column + ": ";
    return place + text + "\n    do: " + advice;
  }
}
