package dev.belay.cli;

import dev.belay.core.plan.Problem;
import dev.belay.core.run.ExitCode;

/** What keeps the command from running at all, told to the user as wanted, got, state, do. */
final class ComplaintException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final String UNTOUCHED = "no host was touched";

  private final transient Problem problem;
  private final ExitCode code;

  private ComplaintException(ExitCode code, String headline, Problem problem, Throwable cause) {
    super(headline, cause);
    this.code = code;
    this.problem = problem;
  }

  /** Returns a complaint about the command line, the inventory or the playbook. */
  static ComplaintException usage(String headline, String wanted, String got, String advice) {
    return usage(headline, wanted, got, advice, null);
  }

  static ComplaintException usage(
      String headline, String wanted, String got, String advice, Throwable cause) {
    Problem problem = new Problem(wanted, got, UNTOUCHED, advice);
    return new ComplaintException(ExitCode.USAGE, headline, problem, cause);
  }

  /** Returns a refusal: all is well formed, and it is not done for want of something. */
  static ComplaintException refused(String headline, String wanted, String got, String advice) {
    return refused(headline, new Problem(wanted, got, UNTOUCHED, advice), null);
  }

  static ComplaintException refused(String headline, Problem problem, Throwable cause) {
    return new ComplaintException(ExitCode.REFUSED, headline, problem, cause);
  }

  ExitCode code() {
    return code;
  }

  /** Returns the text for the terminal, ending in a newline. */
  String text() {
    return "belay: "
        + getMessage()
        + "\n"
        + line("wanted", problem.wanted())
        + line("got", problem.got())
        + line("state", problem.state())
        + line("do", problem.advice());
  }

  private static String line(String word, String text) {
    return "  %-7s %s%n".formatted(word, text.replace("\n", "\n          "));
  }
}
