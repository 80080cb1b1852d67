package dev.belay.core.journal;

import dev.belay.core.remote.Sh;
import dev.belay.core.step.Guard;
import dev.belay.core.step.HealthCondition;
import dev.belay.core.transport.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Renders what a host does for guarded changes, and for work that outlives our connection. */
public final class GuardScript {

  /** Exit status when a job has ended before its end, be it that its guard ended it. */
  public static final int ENDED = 79;

  /** Exit status when the guard was undoing its changes already. */
  public static final int UNDOING = 80;

  /** Exit status when the time of the guard was over before it was confirmed. */
  public static final int TOO_LATE = 81;

  /** Exit status of the question after a request of a job that has failed. */
  public static final int NOT_WELL = 82;

  /** Exit status of a request of a job that was stopped before it. */
  public static final int STOPPED = 83;

  private GuardScript() {}

  /**
   * Returns the script that arms a guard: all that the undo needs is on disk, and the host's own
   * alarm is set.
   *
   * @param run the run
   * @param number of the guard within the run, from 1
   * @param from number of the first change that it undoes
   */
  public static String arm(String run, int number, int from, Guard guard) {
    StringBuilder conditions = new StringBuilder(":");
    for (int i = 0; i < guard.until().size(); i++) {
      HealthCondition condition = guard.until().get(i);
      conditions
          .append(" && b_condition ")
          .append(i + 1)
          .append(' ')
          .append(
              Sh.words(
                  List.of(
                      condition.note(),
                      condition.await(),
                      condition.restored(),
                      condition.diagnose())));
    }
    return "b_arm "
        + at(run, number)
        + " "
        + from
        + " "
        + guard.within().toSeconds()
        + " "
        + Sh.quote(conditions.toString());
  }

  /**
   * Returns a script that makes a guarded change only while its guard is not undoing; afterwards
   * the guard waits its whole time anew.
   *
   * @param change script of the change
   * @param deadline longest time that the guard waits for the end of the change
   */
  public static String onRope(
      String run, int number, Guard guard, Duration deadline, String change) {
    return "b_rope "
        + at(run, number)
        + " "
        + deadline.toSeconds()
        + " "
        + guard.within().toSeconds()
        + " || exit $?\n"
        + change;
  }

  /** Returns the script that waits until one condition holds; conditions are numbered from 1. */
  public static String judge(String run, int number, int condition) {
    return "b_judge " + at(run, number) + " " + condition;
  }

  /** Returns the script that prints the diagnosis of one condition. */
  public static String diagnose(String run, int number, int condition) {
    return "b_guard "
        + at(run, number)
        + "; B_NOTE=$B_G/cond."
        + condition
        + " B_WITHIN=30; b_slurp \"$B_NOTE/diagnose\"; eval \"$B_X\"";
  }

  /**
   * Returns the script that keeps the guarded changes.
   *
   * @param end the state in which the whole run ends with them; empty where more is to come
   */
  public static String confirm(String run, int number, Optional<String> end) {
    return "b_confirm " + at(run, number) + end.map(state -> " " + Sh.quote(state)).orElse("");
  }

  /** Returns the script that has the guarded changes undone now. */
  public static String giveUp(String run, int number) {
    return "b_give_up " + at(run, number);
  }

  /** Returns the script that waits for the end of the undo and prints its report. */
  public static String report(String run, int number, Duration patience) {
    return "b_report " + at(run, number) + " " + patience.toSeconds();
  }

  /** Returns the script that forgets what the jobs of a run have left. */
  public static String forgetJobs(String run) {
    return "b_job_end " + Sh.quote(run);
  }

  /** Returns the script by which a shell that came back takes the lock of its run again. */
  public static String relock(String run) {
    return "b_relock " + Sh.quote(run);
  }

  /** Returns the script after which the jobs of a run begin nothing more. */
  public static String stop(String run) {
    return "b_job_stop " + Sh.quote(run);
  }

  /** Returns the script that ends a run where it is, and has its guarded block undone. */
  public static String abandon(String run) {
    return "b_home; b_abandon " + Sh.quote(run);
  }

  /** Returns the script that ends all jobs of a run with whatever they have begun. */
  public static String endJobs(String run) {
    return "b_job_kill " + Sh.quote(run);
  }

  /** Returns the script that begins a job of these requests. */
  public static String job(String run, int number, List<Request> requests) {
    return "b_job "
        + at(run, number)
        + requests.stream()
            .map(
                request ->
                    (request.onlyIfAllWell() ? " well " : " always ") + Sh.quote(request.script()))
            .collect(Collectors.joining());
  }

  /**
   * Returns the script that waits for one request of a job; it prints the status of the request in
   * a line before what the request printed.
   *
   * @param request numbered from 1
   * @param onlyIfAllWell whether it ends with {@link #NOT_WELL} when the request has failed
   */
  public static String jobReply(String run, int number, int request, boolean onlyIfAllWell) {
    return "b_job_reply " + at(run, number) + " " + request + (onlyIfAllWell ? " well" : "");
  }

  private static String at(String run, int number) {
    return Sh.quote(run) + " " + number;
  }
}
