package dev.belay.core.journal;

import dev.belay.core.change.Await;
import dev.belay.core.change.Change;
import dev.belay.core.change.InstallPackages;
import dev.belay.core.change.RestartUnit;
import dev.belay.core.change.RunUndoableCommand;
import dev.belay.core.change.SetUnit;
import dev.belay.core.change.Touch;
import dev.belay.core.remote.KnownSecrets;
import dev.belay.core.remote.Sh;
import dev.belay.core.step.TaskOptions;
import dev.belay.core.transport.ShellFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Renders what a host does for a run as shell text: journal first, then the change itself. */
public final class JournalScript {

  /** Exit status when the host has something else than the change expects. */
  public static final int DRIFT = 75;

  /** Exit status when another run holds the lock of the host. */
  public static final int LOCKED = 76;

  /** Exit status when the journal could not be written, so that nothing was changed. */
  public static final int NO_JOURNAL = 77;

  /** Exit status when the change was made, but its journal could not take note of that. */
  public static final int NOT_NOTED = 78;

  private static final List<String> PARTS =
      List.of(
          "prelude.sh",
          "journal.sh",
          "job.sh",
          "guard.sh",
          "debian.sh",
          "units.sh",
          "kube.sh",
          "object.sh",
          "immutable.sh",
          "manifest.sh",
          "apiserver.sh",
          "health.sh");

  private JournalScript() {}

  /**
   * How a change is tried.
   *
   * @param script shell text
   * @param whole whether nothing of the change is there when it fails
   */
  public record Attempts(String script, boolean whole) {}

  /**
   * Where a change comes from.
   *
   * @param play name of the play
   * @param task name of the task
   */
  public record Origin(String play, String task) {}

  /** Returns the functions of a host's shell, see {@link ShellFunctions}. */
  public static String functions() {
    StringBuilder all = new StringBuilder("B_SHELL=$$\n");
    for (String part : PARTS) {
      try (InputStream in = JournalScript.class.getResourceAsStream(part)) {
        if (in != null) {
          withoutComments(new String(in.readAllBytes(), StandardCharsets.UTF_8), all);
        }
      } catch (IOException broken) {
        throw new UncheckedIOException("the jar of belay-core is damaged at " + part, broken);
      }
    }
    return all.toString();
  }

  /** The host has no use for comments, and the wire is not free. */
  private static void withoutComments(String shell, StringBuilder all) {
    shell
        .lines()
        .filter(line -> !line.stripLeading().startsWith("#") && !line.isBlank())
        .forEach(line -> all.append(line).append('\n'));
  }

  /**
   * Returns the script that takes the lock and starts the journal of a run, or goes on with the
   * journal that the same run has ended before. Prints whose lock it was when that run died with
   * it.
   */
  public static String open(String run, JournalHeader header) {
    return "b_open "
        + Sh.quote(run)
        + " "
        + Sh.quote(header.operator() + ", run " + run + ", since " + header.started())
        + " "
        + Sh.quote(
            JournalJson.write(
                new JournalHeader(
                    KnownSecrets.masked(header.playbook()),
                    header.operator(),
                    header.started(),
                    header.undoes())));
  }

  /** Returns the script that ends the journal of a run and gives the lock back. */
  public static String close(String run, String state) {
    return "b_close " + Sh.quote(run) + " " + Sh.quote(state);
  }

  /** Returns the script that notes how an earlier run stands now. */
  public static String mark(String run, String state) {
    return "b_mark " + Sh.quote(run) + " " + Sh.quote(state);
  }

  /** Returns the script that takes every {@link #mark} of an earlier run back. */
  public static String unmark(String run) {
    return "b_unmark " + Sh.quote(run);
  }

  /** Returns the script that removes temporary files which a killed run left behind. */
  public static String sweep(String run) {
    return "b_home; b_sweep " + Sh.quote(run);
  }

  /** Returns the script that drops the handlers that only this run owes. */
  public static String forgive(String run) {
    return "b_forgive " + Sh.quote(run);
  }

  /**
   * Returns the script of one change: check what is expected, keep what was there, note the intent,
   * sync, change, note that it is done.
   *
   * @param run the run
   * @param number of the change within the run, from 1
   * @param origin where the change comes from
   * @param change what to do
   * @param owes handlers and health that are owed from here on: script by name, maybe empty. A
   *     change that fails as a whole owes none of it
   * @param awaitRestored shell text that waits for health after an undo; empty for none
   * @param attempts how the change is tried, see {@link #attempts}
   */
  public static String change(
      String run,
      int number,
      Origin origin,
      Change change,
      Map<String, String> owes,
      String awaitRestored,
      Attempts attempts) {
    StringBuilder script = new StringBuilder();
    boolean secret = change.secret();
    JournalIntent intent =
        new JournalIntent(
            KnownSecrets.masked(origin.play()),
            KnownSecrets.masked(origin.task()),
            KnownSecrets.masked(change.summary()),
            change.undoneLast(),
            change.undoneByCommand(),
            change instanceof Change.OneWay oneWay ? oneWay.whyNoUndo() : "",
            secret,
            awaitRestored);
    line(
        script,
        "b_intend "
            + Sh.quote(run)
            + String.format(" %04d ", number)
            + Sh.quote(JournalJson.write(intent))
            + " "
            + Sh.words(List.of(change.undo().orElse(""), intent.summary(), awaitRestored))
            + (change.undoneLast() ? " last" : "")
            + (change.undoneByCommand() ? " command" : ""));
    for (Touch touch : change.touches()) {
      line(script, expect("b_touch", touch, secret));
    }
    change.expects().ifPresent(look -> line(script, "( " + look + "\n) || b_forget $?"));
    line(script, "b_intended");
    owes.forEach(
        (name, pays) -> line(script, "b_owe " + Sh.quote(name) + " " + Sh.quote(kept(pays))));
    return script
        + attempts.script()
        + " || { B_RC=$?; "
        + (attempts.whole() ? disown(run, owes) : "")
        + "b_failed $B_RC; exit; }\nb_done";
  }

  private static String disown(String run, Map<String, String> owes) {
    return owes.keySet().stream()
        .map(name -> "b_forgive " + Sh.quote(run) + " " + Sh.quote(name) + "; ")
        .collect(Collectors.joining());
  }

  /**
   * Returns the script of a change that undoes a journalled one: checked, but not journalled.
   *
   * @param run the run that is undone
   */
  public static String undoing(String run, Change change) {
    StringBuilder script = new StringBuilder("B_TAG=" + Sh.quote(run) + ".undo\n");
    for (Touch touch : change.touches()) {
      line(script, expect("b_expect", touch, change.secret()));
    }
    return script + performing(change) + " || b_failed $?";
  }

  /** What pays a debt with a secret is not known to the host: the next run finds it out anew. */
  private static String kept(String pays) {
    return KnownSecrets.areIn(pays) ? "" : pays;
  }

  /**
   * Returns shell text that performs a change as often as the options of its task say. Changes that
   * a failed attempt may leave half done, so that another would stumble over it, are made once;
   * only the task's look is repeated then.
   *
   * @param last whether it is the last change of the task, behind which the task's look is taken
   */
  public static Attempts attempts(Change change, TaskOptions options, boolean last) {
    String look = last && !options.until().isEmpty() ? Sh.words(options.until()) : "";
    String once =
        options
            .timeout()
            .map(time -> bounded(change, time.toSeconds()))
            .orElseGet(() -> performing(change));
    boolean whole = change.whole() && options.keepsChangesWhole();
    boolean again = options.attempts() > 1 && (isRepeatable(change) || !look.isEmpty());
    if (!again && look.isEmpty()) {
      return new Attempts(options.timeout().isEmpty() ? once : "{ " + once + "; }", whole);
    }
    String tries =
        look.isEmpty() ? "" : "b_looks " + options.longestLook().toSeconds() + " " + look;
    String made = "{ " + once + "; }";
    return new Attempts(
        isRepeatable(change)
            ? repeated(made + (look.isEmpty() ? "" : " && " + tries), options)
            : made + " && { " + repeated(tries, options) + "\n}",
        whole);
  }

  private static boolean isRepeatable(Change change) {
    return change instanceof Change.OneWay
        || change instanceof RunUndoableCommand
        || change instanceof InstallPackages
        || change instanceof RestartUnit
        || change instanceof SetUnit
        || change instanceof Await;
  }

  private static String repeated(String tries, TaskOptions options) {
    return "B_TRY=1\nuntil "
        + tries
        + "\ndo\n  b_again $? "
        + options.attempts()
        + " "
        + options.delay().toSeconds()
        + " || break\ndone\n[ \"$B_TRY\" -le "
        + options.attempts()
        + " ] || ( exit \"$B_CODE\" )";
  }

  /** The shell that waits for the change has no standard error, for it prints how that ended. */
  private static String bounded(Change change, long seconds) {
    return "( "
        + performing(change)
        + " 2>&3 3>&-; exit $? ) 3>&2 2>/dev/null & b_bounded $! "
        + seconds;
  }

  private static String performing(Change change) {
    return "( " + change.perform() + "\n)";
  }

  /** Returns the script that notes a handler or health that was owed as done. */
  public static String paid(String name) {
    return "b_paid " + Sh.quote(name);
  }

  private static String expect(String function, Touch touch, boolean secret) {
    return function
        + " "
        + Sh.quote(touch.path())
        + " "
        + Sh.quote(touch.before())
        + " "
        + Sh.quote(touch.after())
        + (secret ? " secret" : "");
  }

  private static void line(StringBuilder script, String command) {
    script.append(command).append(" || exit $?\n");
  }
}
