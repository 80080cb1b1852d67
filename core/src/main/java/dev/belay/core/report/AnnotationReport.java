package dev.belay.core.report;

import dev.belay.core.plan.Problem;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import java.io.Flushable;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Tells failures and warnings as workflow commands, which GitHub Actions, Gitea and Forgejo show
 * beside the lines of the playbook. Such a server obeys commands wherever they stand in the output,
 * also in what came from a host; so it is told to obey none from the start of a run to its end but
 * these. Not thread-safe; falls silent when the output fails.
 *
 * <p>Source: docs.github.com, "Workflow commands for GitHub Actions".
 */
public final class AnnotationReport implements Consumer<RunEvent>, AutoCloseable {

  /** Characters of one message; what is longer stands in the output beside it. */
  private static final int MESSAGE_LIMIT = 4_000;

  private static final int TITLE_LIMIT = 200;

  private final Appendable out;
  private final String token;
  private final UnaryOperator<String> place;
  private boolean stopped;
  private boolean silent;

  /**
   * Makes a report.
   *
   * @param out where it is written; what else goes there is obeyed by nobody during a run
   * @param token a word that nobody can guess, of letters and digits
   * @param place returns the path of a source file within the repository, from its name
   */
  public AnnotationReport(Appendable out, String token, UnaryOperator<String> place) {
    this.out = out;
    this.token = token;
    this.place = place;
  }

  /** Writes what the event tells. */
  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Started) {
      stop();
    } else if (event instanceof RunEvent.Failed failed) {
      String task = failed.task().isBlank() ? "" : ": " + failed.task();
      String word = failed.refused() ? " refused" : " failed";
      say("error", failed.source(), failed.host() + word + task, text(failed.problem()));
    } else if (event instanceof RunEvent.Unreachable lost) {
      say("error", "", lost.host() + " unreachable", text(lost.problem()));
    } else if (event instanceof RunEvent.RolledBack back && !back.remaining().isEmpty()) {
      String rest = String.join("\n", back.remaining());
      say("error", "", back.host() + ": rollback incomplete, remaining", rest);
    } else if (event instanceof RunEvent.Warned warned) {
      String task = warned.task().isBlank() ? "" : ": " + warned.task();
      say("warning", "", warned.host() + task, warned.text());
    } else if (event instanceof RunEvent.Ended ended) {
      notice(ended.recap());
      close();
    }
  }

  /** Lets the server obey commands again, as at the end of a run. */
  @Override
  public void close() {
    if (stopped) {
      print("::" + token + "::\n");
      stopped = false;
    }
  }

  private void stop() {
    if (!stopped) {
      print("::stop-commands::" + token + "\n");
      stopped = true;
    }
  }

  private void notice(Recap recap) {
    int would = recap.hosts().values().stream().mapToInt(Recap.Counts::wouldChange).sum();
    int may = recap.hosts().values().stream().mapToInt(Recap.Counts::mayChange).sum();
    if (would + may > 0) {
      String text = Words.count(would, "task") + " would change, " + may + " may change";
      say("notice", "", "Belay: changes are pending", text);
    }
  }

  private static String text(Problem problem) {
    StringBuilder text = new StringBuilder();
    row(text, "wanted", problem.wanted());
    row(text, "got", problem.got());
    row(text, "state", problem.state());
    row(text, "do", problem.advice());
    return text.toString();
  }

  private static void row(StringBuilder text, String key, String value) {
    if (!value.isBlank()) {
      text.append(key).append(": ").append(value.strip()).append('\n');
    }
  }

  private void say(String level, String source, String title, String text) {
    boolean were = stopped;
    close();
    String message = String.join("\n", SafeText.lines(SafeText.cut(text, MESSAGE_LIMIT)));
    print(
        "::"
            + level
            + " "
            + where(source)
            + "title="
            + property(SafeText.line(SafeText.cut(title, TITLE_LIMIT)))
            + "::"
            + data(message)
            + "\n");
    if (were) {
      stop();
    }
  }

  private String where(String source) {
    int colon = source.lastIndexOf(':');
    if (colon <= 0 || !source.substring(colon + 1).matches("[1-9]\\d{0,8}")) {
      return "";
    }
    String file = SafeText.line(place.apply(source.substring(0, colon)));
    return "file=" + property(file) + ",line=" + source.substring(colon + 1) + ",";
  }

  /** As the toolkit of GitHub's own actions writes them (actions/toolkit, command.ts). */
  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  private void print(String text) {
    if (silent) {
      return;
    }
    try {
      out.append(text);
      if (out instanceof Flushable flushable) {
        flushable.flush();
      }
    } catch (IOException gone) {
      silent = true;
    }
  }
}
