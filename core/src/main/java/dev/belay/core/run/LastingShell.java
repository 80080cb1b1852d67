package dev.belay.core.run;

import dev.belay.core.journal.GuardScript;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.ShellWatch;
import dev.belay.core.transport.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/**
 * A shell that outlives its connection. What is performed goes on at the host when the link is
 * lost; the shell then logs in again, takes the lock of its run back, and hears the replies that it
 * has missed.
 */
final class LastingShell implements Shell {

  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration SLACK = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A request that itself ends every shell would else be asked about for ever. */
  private static final int LOSSES = 5;

  private final Supplier<Attachment> login;
  private final Duration patience;
  private final Runnable onReturn;
  private Shell shell;
  private Optional<Attachment> own = Optional.empty();
  private volatile Optional<String> run = Optional.empty();
  private int roundTrips;
  private int jobs;
  private volatile boolean stopped;
  private ShellWatch watch = ShellWatch.NONE;

  /**
   * Makes a lasting shell of one that is connected.
   *
   * @param first the shell to begin with; closed by its owner
   * @param login logs in anew
   * @param patience how long it tries to log in again
   * @param onReturn told after it has come back
   */
  LastingShell(Shell first, Supplier<Attachment> login, Duration patience, Runnable onReturn) {
    this.shell = first;
    this.login = login;
    this.patience = patience;
    this.onReturn = onReturn;
  }

  /** From now on the host holds its lock for this run, so that coming back makes sense. */
  void lastsFor(String newRun) {
    run = Optional.of(newRun);
  }

  @Override
  public void watch(ShellWatch newWatch) {
    watch = newWatch;
    shell.watch(newWatch);
  }

  /** Logs in once more, beside this shell; the caller closes it. */
  Attachment freshLogin() {
    return login.get();
  }

  /** Counts the round trips of a shell that was used beside this one. */
  void add(Shell other) {
    roundTrips += other.roundTrips();
  }

  @Override
  public void exchange(List<Request> requests, ObjIntConsumer<Reply> onReply) {
    Answers answers = new Answers(requests.size(), onReply);
    follow(answers, next -> requests.subList(next, requests.size()), next -> answers.ofJob(-1));
  }

  /**
   * Has requests performed by a job of the host, which goes on without us, and sends others behind
   * it. One that is to be skipped after a failure is so after a failure of the job too.
   *
   * @param forRun the run that holds the lock, or will by the first request
   * @param then only read, so that they can be asked again
   * @param onReply gets each reply, with its index among both lists
   */
  void perform(
      String forRun, List<Request> requests, List<Request> then, ObjIntConsumer<Reply> onReply) {
    if (stopped) {
      onReply.accept(new Reply(GuardScript.STOPPED, new byte[0], "stopped as asked"), 0);
      return;
    }
    int job = ++jobs;
    lastsFor(forRun);
    int all = requests.size() + then.size();
    Answers answers = new Answers(all, onReply);
    follow(
        answers,
        next -> {
          List<Request> list = new ArrayList<>();
          // Once it has answered it was begun. Were it begun anew where its traces are gone, after
          // a
          // restart or an undo, it would skip the rest without a word of why.
          String begin = next == 0 ? GuardScript.job(forRun, job, requests) : ":";
          list.add(Request.ifAllWell(begin, START));
          for (int i = next; i < requests.size(); i++) {
            list.add(reply(forRun, job, i + 1, requests.get(i)));
          }
          list.addAll(then.subList(Math.max(0, next - requests.size()), then.size()));
          return list;
        },
        next -> answers.ofJob(Math.max(0, requests.size() - next)));
  }

  private static Request reply(String run, int job, int number, Request request) {
    return new Request(
        GuardScript.jobReply(run, job, number, request.onlyIfAllWell()),
        request.onlyIfAllWell(),
        request.deadline().plus(SLACK));
  }

  /** Sends what is left of a list, again and again, until every reply has come. */
  private void follow(Answers answers, Rest rest, Reading reading) {
    int before = -1;
    int losses = 0;
    while (!answers.complete()) {
      int next = answers.next();
      try {
        shell.exchange(rest.from(next), reading.from(next));
        answers.end();
      } catch (UnreachableException lost) {
        losses = answers.next() == before ? losses + 1 : 1;
        if (lost.late() || losses == LOSSES) {
          endJobs();
          throw lost;
        }
        before = answers.next();
        comeBack(lost);
      }
    }
  }

  /** Lets the host begin nothing more; may be called by any thread. */
  void stop() {
    stopped = true;
    run.ifPresent(id -> tell(GuardScript.stop(id)));
  }

  /** Tells whether it was asked to stop. */
  boolean isStopped() {
    return stopped;
  }

  /** Ends what the host is at; may be called by any thread. */
  void abandon() {
    stopped = true;
    run.ifPresent(id -> tell(GuardScript.abandon(id)));
  }

  /** Over another login, for this one waits for an answer. */
  private void tell(String script) {
    try (Attachment fresh = login.get()) {
      fresh.shell().exchange(List.of(Request.always(script, START)), (reply, index) -> {});
    } catch (UnreachableException gone) {
      // then it goes on there, as the loss that is about to be told says
    }
  }

  /** Nobody waits any more for what the host is at; it is ended there, if it can be. */
  private void endJobs() {
    run.ifPresent(id -> tell(GuardScript.endJobs(id)));
  }

  private void comeBack(UnreachableException lost) {
    if (run.isEmpty() || Thread.currentThread().isInterrupted()) {
      throw lost;
    }
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        attach(login.get(), lost);
        onReturn.run();
        return;
      } catch (UnreachableException again) {
        if (System.nanoTime() - end > 0) {
          throw lost;
        }
        pause(lost);
      }
    }
  }

  private void attach(Attachment fresh, UnreachableException lost) {
    List<Reply> replies = new ArrayList<>();
    try {
      fresh
          .shell()
          .exchange(
              List.of(Request.always(GuardScript.relock(run.orElseThrow()), START)),
              (reply, index) -> replies.add(reply));
    } catch (UnreachableException gone) {
      fresh.close();
      throw gone;
    }
    if (!replies.get(0).ok()) {
      fresh.close();
      throw new UnreachableException(
          lost.getMessage() + "; meanwhile " + replies.get(0).err() + " works on the host",
          lost.advice(),
          lost);
    }
    roundTrips += shell.roundTrips();
    own.ifPresent(Attachment::close);
    own = Optional.of(fresh);
    shell = fresh.shell();
    shell.watch(watch);
  }

  private static void pause(UnreachableException lost) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw lost;
    }
  }

  @Override
  public int roundTrips() {
    return roundTrips + shell.roundTrips();
  }

  /** Closes what it has opened itself. */
  @Override
  public void close() {
    own.ifPresent(Attachment::close);
  }

  private interface Rest {
    List<Request> from(int next);
  }

  private interface Reading {
    ObjIntConsumer<Reply> from(int next);
  }
}
