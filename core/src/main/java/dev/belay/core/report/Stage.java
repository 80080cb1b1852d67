package dev.belay.core.report;

import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What the console report knows from the start of a run, and the lines that look different for it.
 *
 * @param kind what is being done
 * @param run identifier of the run
 * @param hosts names of the hosts; with one host its name is not repeated on every line
 */
record Stage(RunEvent.Kind kind, String run, List<String> hosts) {

  /** Before the start of a run is told. */
  static final Stage EMPTY = new Stage(RunEvent.Kind.APPLY, "", List.of());

  private static final int SHORT_STATUS = "changed".length();
  private static final int LONG_STATUS = "would change".length();

  static Stage of(RunEvent.Started started) {
    return new Stage(started.kind(), started.run(), started.hosts());
  }

  /** Tells whether lines name their host. */
  boolean many() {
    return hosts.size() != 1;
  }

  /** Returns {@code " on HOST"} where lines name their host, else nothing. */
  String on(String host) {
    return many() ? " on " + host : "";
  }

  void header(Page page, String playbook) {
    boolean rollback = kind == RunEvent.Kind.ROLLBACK || kind == RunEvent.Kind.CHECK_ROLLBACK;
    page.line(
        page.ink(Ink.BOLD, (rollback ? "ROLLBACK " : "PLAYBOOK ") + playbook),
        page.ink(Ink.DIM, "  on " + (many() ? Words.count(hosts.size(), "host") : hosts.get(0))));
    if (kind.dry()) {
      page.line(page.ink(Ink.CYAN, "DRY RUN"), "  nothing is written; this is what would happen");
    }
  }

  /**
   * Adds one line of the list.
   *
   * @param word how it ended, in the colour
   * @param host which host, shown where there are several
   * @param text what is done, made by {@link Page#ink}
   */
  void item(Page page, Ink ink, String word, String host, String text) {
    int statusWidth = kind.dry() || many() ? LONG_STATUS : SHORT_STATUS;
    int hostWidth = hosts.stream().mapToInt(name -> SafeText.name(name).length()).max().orElse(0);
    page.line(
        many() ? "" : "  ",
        page.ink(ink, word) + Words.fill(word, statusWidth) + "  ",
        many() ? SafeText.name(host) + Words.fill(SafeText.name(host), hostWidth) + "  " : "",
        text);
  }

  void footer(Page page, RunEvent.Ended ended, int roundTrips) {
    Recap recap = ended.recap();
    String total =
        String.join(
            ", ",
            Words.count(recap.hosts().size(), "host"),
            Words.time(ended.elapsed()),
            Words.count(roundTrips, "round trip"));
    boolean journal =
        kind == RunEvent.Kind.APPLY && !run.isBlank() && sum(recap, Recap.Counts::changed) > 0;
    page.line(page.ink(Ink.DIM, total + (journal ? ", run " + run : "")));
    if (kind.dry()) {
      page.line(page.ink(Ink.CYAN, "DRY RUN"), "  " + outlook(recap));
    }
  }

  private static String outlook(Recap recap) {
    int would = sum(recap, Recap.Counts::wouldChange);
    int may = sum(recap, Recap.Counts::mayChange);
    int fail = sum(recap, Recap.Counts::failed);
    String changes =
        would + may == 0
            ? "nothing was written; nothing would change"
            : "nothing was written; " + would + " would change, " + may + " may change";
    return fail == 0 ? changes : changes + ", " + fail + " would fail";
  }

  private static int sum(Recap recap, ToIntFunction<Recap.Counts> count) {
    return recap.hosts().values().stream().mapToInt(count).sum();
  }
}
