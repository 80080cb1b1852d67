package dev.belay.core.plan;

import dev.belay.core.change.Change;
import dev.belay.core.change.Touch;
import dev.belay.core.remote.KnownSecrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a check said of one task on one host, as data that can be kept in a file and compared.
 *
 * @param play name of the play
 * @param task name of the task
 * @param outcome {@code ok}, {@code would change}, {@code may change}, {@code skipped}, {@code
 *     rescued} or {@code fails}
 * @param changes what would be done, in order
 */
public record PlanItem(String play, String task, String outcome, List<Step> changes) {

  private static final String MAY_CHANGE = "may change";

  /**
   * One change.
   *
   * @param summary what is done, in one line without secrets
   * @param digest SHA-256, in hexadecimal, of all it does and expects: paths with what lies there
   *     before and after, and the script; of a change that handles a secret no more than the paths
   *     with mode and owners before, since a digest of a short secret can be guessed
   */
  public record Step(String summary, String digest) {}

  /** Copies the list. */
  public PlanItem {
    changes = List.copyOf(changes);
  }

  /** Returns what is planned for a task. */
  public static PlanItem of(String play, PlannedTask planned) {
    return new PlanItem(
        play,
        planned.task().name(),
        word(planned.outcome()),
        planned.changes().stream()
            .map(change -> new Step(KnownSecrets.masked(change.summary()), digest(change)))
            .toList());
  }

  private static String word(Outcome outcome) {
    if (outcome instanceof Outcome.WouldChange) {
      return "would change";
    }
    if (outcome instanceof Outcome.MayChange) {
      return MAY_CHANGE;
    }
    if (outcome instanceof Outcome.Skipped) {
      return "skipped";
    }
    if (outcome instanceof Outcome.Rescued) {
      return "rescued";
    }
    return outcome instanceof Outcome.Fails ? "fails" : "ok";
  }

  /** Tells whether this, as it was planned, allows what is planned now. */
  public boolean allows(PlanItem now) {
    boolean same = play.equals(now.play) && task.equals(now.task);
    return same && (outcome.equals(MAY_CHANGE) || equals(now));
  }

  /** Returns it in words, such as {@code would change: write /etc/motd}. */
  public String words() {
    List<String> summaries = changes.stream().map(Step::summary).toList();
    return outcome + (summaries.isEmpty() ? "" : ": " + String.join("; ", summaries));
  }

  private static String digest(Change change) {
    boolean secret = change.secret();
    MessageDigest digest = sha256();
    add(digest, change.getClass().getSimpleName());
    add(digest, KnownSecrets.masked(change.summary()));
    for (Touch touch : change.touches()) {
      add(digest, touch.path().toString());
      add(digest, secret ? Touch.withoutContent(touch.before()) : touch.before());
      add(digest, secret ? "" : touch.after());
    }
    add(digest, secret ? "" : change.perform());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + " ").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
