package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.io.Flushable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tells a run to people, as text: one line for each task, errors as blocks, a recap at the end.
 * Whatever comes from hosts or playbooks is made safe for a terminal. One report takes the events
 * of one run, one after the other; it is not thread-safe. When the output fails, such as a closed
 * pipe, the report falls silent and the run goes on.
 */
public final class ConsoleReport implements Consumer<RunEvent> {

  private static final int DETAIL = 4;

  /** The play under which the runner tells of handlers. */
  private static final String HANDLERS = "handlers";

  private static final Duration NOTABLE = Duration.ofMillis(100);

  private final Appendable out;
  private final ConsoleLook look;

  private Stage stage = Stage.EMPTY;
  private String play = "";
  private RunEvent.TaskEnded task;
  private Section last = Section.NONE;
  private int roundTrips;
  private boolean silent;

  /** What was printed last: an empty line comes between all but the items of a list. */
  private enum Section {
    NONE,
    LIST,
    BLOCK
  }

  /**
   * Makes a report.
   *
   * @param out where it is written, each event at once; flushed after each when it can be
   * @param look how it looks
   */
  public ConsoleReport(Appendable out, ConsoleLook look) {
    this.out = out;
    this.look = look;
  }

  /** Prints what the event tells. */
  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Began || event instanceof RunEvent.Progress) {
      return; // told by LiveReport, to those who look on
    }
    Page page = new Page(look);
    add(page, event);
    if (!(event instanceof RunEvent.Warned || event instanceof RunEvent.Found)) {
      task = event instanceof RunEvent.TaskEnded ended ? ended : null;
    }
    print(page.toString());
  }

  private void add(Page page, RunEvent event) {
    if (event instanceof RunEvent.Started started) {
      started(page, started);
    } else if (event instanceof RunEvent.TaskEnded ended) {
      task(page, ended);
    } else if (event instanceof RunEvent.Found found) {
      begin(page, Section.LIST);
      String host = stage.many() ? found.host() + ": " : "";
      FindingBlock.add(page, DETAIL, host, found.finding());
    } else if (event instanceof RunEvent.Warned warned) {
      warned(page, warned);
    } else if (event instanceof RunEvent.Failed failed) {
      begin(page, Section.BLOCK);
      ProblemBlock.add(page, failed);
    } else if (event instanceof RunEvent.Unreachable lost) {
      begin(page, Section.BLOCK);
      ProblemBlock.add(page, lost);
    } else if (event instanceof RunEvent.Undone undone) {
      undone(page, undone);
    } else if (event instanceof RunEvent.RolledBack back) {
      rolledBack(page, back);
    } else if (event instanceof RunEvent.WouldGuard guard) {
      guarded(page, guard);
    } else if (event instanceof RunEvent.Kept kept) {
      kept(page, kept);
    } else if (event instanceof RunEvent.NotReached not) {
      item(page, Ink.MAGENTA, "not reached", not.host(), page.ink(Ink.PLAIN, not.reason()));
    } else if (event instanceof RunEvent.HostEnded ended) {
      roundTrips += ended.roundTrips();
    } else if (event instanceof RunEvent.Ended ended) {
      ended(page, ended);
    }
  }

  private void started(Page page, RunEvent.Started started) {
    stage = Stage.of(started);
    begin(page, Section.BLOCK);
    stage.header(page, started.playbook());
  }

  private void task(Page page, RunEvent.TaskEnded ended) {
    heading(page, ended);
    String name = stage.many() && !ended.play().isBlank() ? ended.play() + " › " : "";
    String handler = ended.handler() && !ended.play().equals(HANDLERS) ? " (handler)" : "";
    boolean skipped = ended.status() == RunEvent.Status.SKIPPED && !ended.note().isBlank();
    item(
        page,
        ink(ended.status()),
        word(ended.status()),
        ended.host(),
        page.ink(Ink.PLAIN, name + ended.task() + handler)
            + page.ink(Ink.DIM, skipped ? "  (" + ended.note() + ")" : "")
            + page.ink(Ink.DIM, time(ended.elapsed())));
    boolean told = !ended.note().isBlank() && !skipped;
    if (ended.status() == RunEvent.Status.MAY_CHANGE || told) {
      page.prose(DETAIL, Ink.PLAIN, List.of(reason(ended.note())));
    }
    details(page, ended);
  }

  private static String reason(String note) {
    return note.isBlank() ? "(no reason was given)" : "because " + note;
  }

  private void heading(Page page, RunEvent.TaskEnded ended) {
    if (!stage.many() && !ended.play().equals(play)) {
      begin(page, Section.BLOCK);
      boolean handlers = ended.handler() && ended.play().equals(HANDLERS);
      page.line(page.ink(Ink.BOLD, handlers ? "HANDLERS" : "PLAY " + ended.play()));
      play = ended.play();
      last = Section.LIST;
    }
  }

  private void details(Page page, RunEvent.TaskEnded ended) {
    if (look.diffs() && !ended.diffs().isEmpty()) {
      DiffBlock.add(page, DETAIL, ended.diffs());
    } else {
      page.prose(DETAIL, Ink.DIM, ended.summaries());
    }
  }

  /** A warning stands below its task; elsewhere it says itself where it belongs. */
  private void warned(Page page, RunEvent.Warned warned) {
    begin(page, Section.LIST);
    boolean below =
        task != null && task.host().equals(warned.host()) && task.task().equals(warned.task());
    String host = stage.many() ? SafeText.name(warned.host()) + ": " : "";
    String name = warned.task().isBlank() ? "" : SafeText.name(warned.task()) + ": ";
    int indent = below ? DETAIL : 0;
    page.prose(
        " ".repeat(indent) + page.ink(Ink.BRIGHT_MAGENTA, "warning:") + " ",
        indent + "warning: ".length(),
        Ink.PLAIN,
        (below ? "" : host + name) + warned.text());
  }

  private void undone(Page page, RunEvent.Undone undone) {
    String word = undone.dry() ? "would undo" : "undone";
    item(page, Ink.YELLOW, word, undone.host(), page.ink(Ink.PLAIN, undone.summary()));
    if (look.diffs()) {
      DiffBlock.add(page, DETAIL, undone.diffs());
    }
  }

  private void kept(Page page, RunEvent.Kept kept) {
    item(page, Ink.GREEN, "kept", kept.host(), page.ink(Ink.PLAIN, seen(kept.conditions())));
  }

  private void guarded(Page page, RunEvent.WouldGuard guard) {
    String text =
        "the host would undo this by itself unless, "
            + guard.within().toSeconds()
            + " s after the last change at most, "
            + seen(guard.conditions());
    item(page, Ink.CYAN, "guarded", guard.host(), page.ink(Ink.PLAIN, text));
  }

  private static String seen(List<String> conditions) {
    return String.join(
        "; ", Stream.concat(Stream.of("a new login works"), conditions.stream()).toList());
  }

  private void rolledBack(Page page, RunEvent.RolledBack back) {
    begin(page, Section.BLOCK);
    String on = stage.on(back.host());
    String block = back.block().isEmpty() ? "" : " guarded block at " + back.block() + " of";
    String run = block + " run " + back.run() + on;
    boolean whole = back.remaining().isEmpty();
    if (stage.kind().dry()) {
      String but = whole ? "" : ", but this stays:";
      page.line(page.ink(Ink.BOLD_YELLOW, "WOULD ROLL BACK"), page.ink(Ink.PLAIN, run + but));
    } else if (whole) {
      page.line(page.ink(Ink.BOLD_YELLOW, "ROLLED BACK"), page.ink(Ink.PLAIN, run));
    } else {
      page.line(
          page.ink(Ink.BOLD_RED, "ROLLBACK INCOMPLETE"), page.ink(Ink.PLAIN, on), ", remaining:");
    }
    back.remaining().forEach(rest -> page.prose("  - ", DETAIL, Ink.PLAIN, rest));
  }

  private void ended(Page page, RunEvent.Ended ended) {
    begin(page, Section.BLOCK);
    RecapBlock.add(page, ended.recap());
    stage.footer(page, ended, roundTrips);
  }

  private void item(Page page, Ink ink, String word, String host, String text) {
    begin(page, Section.LIST);
    stage.item(page, ink, word, host, text);
  }

  private void begin(Page page, Section section) {
    if (last != Section.NONE && (last == Section.BLOCK || section == Section.BLOCK)) {
      page.gap();
    }
    last = section;
  }

  private static String time(Duration elapsed) {
    return elapsed.compareTo(NOTABLE) > 0 ? "  " + Words.time(elapsed) : "";
  }

  private static String word(RunEvent.Status status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Ink ink(RunEvent.Status status) {
    return switch (status) {
      case OK -> Ink.GREEN;
      case CHANGED, WOULD_CHANGE -> Ink.YELLOW;
      case MAY_CHANGE -> Ink.MAGENTA;
      case SKIPPED -> Ink.CYAN;
      case FAILED -> Ink.RED;
      case IGNORED, RESCUED -> Ink.MAGENTA;
    };
  }

  private void print(String text) {
    if (silent || text.isEmpty()) {
      return;
    }
    try {
      out.append(text);
      if (out instanceof Flushable flushable) {
        flushable.flush();
      }
    } catch (IOException gone) {
      // A run must not stop half way because nobody reads any more.
      silent = true;
    }
  }
}
