package dev.belay.core.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/** A {@link Shell} over the three streams of a plain {@code sh}. */
public final class ResidentShell implements Shell {

  private static final Duration START = Duration.ofSeconds(30);
  private static final int OUTPUT_LIMIT = 64 * 1024 * 1024;
  private static final int WORD_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ShellProcess process;
  private final ShellLosses losses;
  private final MarkedInput output;
  private final ErrorStream errors;
  private final String word;
  private final ShellFunctions functions;
  private final Duration start;
  private volatile ShellWatch watch = ShellWatch.NONE;
  private boolean started;
  private boolean lost;
  private int roundTrips;

  private ResidentShell(
      ShellProcess process,
      ShellLosses losses,
      String word,
      ShellFunctions functions,
      Duration start) {
    this.process = process;
    this.word = word;
    this.functions = functions;
    this.start = start;
    this.losses = losses;
    this.output = new MarkedInput(process.output(), word, OUTPUT_LIMIT, MarkedInput.Overflow.FAIL);
    this.errors = ErrorStream.start(process.errors(), word);
  }

  /**
   * Starts a shell; does not wait for the host unless a program that becomes another user has to be
   * given a password. What it needs first goes out with the first exchange, which also reports a
   * shell that does not come up.
   *
   * @param host the host's name for messages
   * @param functions see {@link ShellFunctions}; must not print
   * @throws UnreachableException when no command can be started, or sudo refuses the password
   */
  public static ResidentShell start(
      String host, ShellLauncher launcher, Optional<Become> become, String functions) {
    return start(host, launcher, become, functions, START);
  }

  /**
   * Starts a shell, as above.
   *
   * @param limit how long it may take to come up
   */
  static ResidentShell start(
      String host,
      ShellLauncher launcher,
      Optional<Become> become,
      String functions,
      Duration limit) {
    byte[] random = new byte[WORD_BYTES];
    RANDOM.nextBytes(random);
    String word = HexFormat.of().formatHex(random);
    Optional<Becoming> becoming = become.map(b -> new Becoming(host, b, word));
    ShellProcess process = launcher.launch(becoming.map(Becoming::command).orElse("exec sh"));
    becoming.ifPresent(b -> b.converse(process));
    return new ResidentShell(
        process, new ShellLosses(host, becoming), word, ShellFunctions.of(functions), limit);
  }

  @Override
  public void exchange(List<Request> requests, ObjIntConsumer<Reply> onReply) {
    if (requests.isEmpty()) {
      return;
    }
    if (lost) {
      throw losses.already();
    }
    roundTrips++;
    lost = true;
    Sender sender = Sender.send(process.input(), ahead(requests), requests, watch);
    try {
      replies(requests, onReply, sender);
      lost = false;
    } finally {
      if (lost) {
        giveUp(sender);
      }
    }
  }

  @Override
  public void watch(ShellWatch newWatch) {
    watch = newWatch;
  }

  private String ahead(List<Request> requests) {
    String missing = functions.missing(requests.stream().map(Request::script).toList());
    return started ? missing : ShellText.bootstrap(word, functions.ahead() + missing);
  }

  private void replies(List<Request> requests, ObjIntConsumer<Reply> onReply, Sender sender) {
    if (!started) {
      reply(start, sender, "the start of the shell");
      started = true;
    }
    for (int i = 0; i < requests.size(); i++) {
      String place = "request " + (i + 1) + " of " + requests.size();
      onReply.accept(reply(requests.get(i).deadline(), sender, place), i);
    }
  }

  private Reply reply(Duration limit, Sender sender, String place) {
    long since = System.nanoTime();
    try (Deadline deadline =
        Deadline.start(limit, () -> later(since, sender.lastSent()), () -> giveUp(sender))) {
      try {
        MarkedInput.Part part = output.next();
        while (part.status() == Reply.NOTE) {
          watch.note(text(part.bytes()));
          part = output.next();
        }
        Reply reply = new Reply(part.status(), part.bytes(), errors.next());
        if (deadline.passed()) {
          throw new IOException("the answer came too late");
        }
        return reply;
      } catch (IOException | InterruptedException e) {
        throw loss(e, deadline.passed(), limit, place);
      }
    }
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  private UnreachableException loss(Exception cause, boolean late, Duration limit, String place) {
    if (cause instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      return losses.interrupted(place, cause);
    }
    if (late) {
      return losses.late(place, limit, lastWords(), cause);
    }
    if (cause instanceof MarkedInput.TooLongException) {
      return losses.tooLong(place, cause);
    }
    if (!(cause instanceof EOFException)) {
      return losses.broken(place, cause);
    }
    String ending = process.ending();
    return started
        ? losses.ended(place, ending, lastWords(), cause)
        : losses.notStarted(ending, lastWords(), text(output.rest()), cause);
  }

  private String lastWords() {
    try {
      return errors.lastWords();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void giveUp(Sender sender) {
    sender.stop();
    process.destroy();
  }

  @Override
  public int roundTrips() {
    return roundTrips;
  }

  @Override
  public void close() {
    lost = true;
    process.close();
  }
}
