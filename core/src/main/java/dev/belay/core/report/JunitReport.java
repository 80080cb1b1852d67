package dev.belay.core.report;

import dev.belay.core.plan.Problem;
import dev.belay.core.report.JunitXml.Case;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells a run to a continuous integration server, as JUnit XML: a suite for each host, a case for
 * each task, written once the run is over. Where two runs follow each other, as when a plan is
 * applied after consent, the later one replaces the earlier. Not thread-safe.
 */
public final class JunitReport implements Consumer<RunEvent> {

  private final Path file;
  private final boolean changedFails;
  private final Map<String, List<Case>> suites = new LinkedHashMap<>();
  private String playbook = "";

  /**
   * Makes a report.
   *
   * @param file where it is written
   * @param changedFails whether a task that changed, or would change, something counts as failed,
   *     which makes a check a test for drift
   */
  public JunitReport(Path file, boolean changedFails) {
    this.file = file;
    this.changedFails = changedFails;
  }

  /**
   * Takes the event in; the end of the run writes the file.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Started started) {
      suites.clear();
      playbook = started.playbook();
      started.hosts().forEach(host -> suites.put(host, new ArrayList<>()));
    } else if (event instanceof RunEvent.TaskEnded ended) {
      task(ended);
    } else if (event instanceof RunEvent.Failed failed) {
      failure(failed);
    } else if (event instanceof RunEvent.Unreachable lost) {
      add(lost.host(), "", "connection", "error", "unreachable", text(lost.problem()));
    } else if (event instanceof RunEvent.NotReached never) {
      add(never.host(), "", "connection", "skipped", never.reason(), "");
    } else if (event instanceof RunEvent.RolledBack back) {
      String remaining = String.join("\n", back.remaining());
      String kind = remaining.isEmpty() ? "" : "error";
      add(back.host(), "", "rollback of " + back.run(), kind, "something remains", remaining);
    } else if (event instanceof RunEvent.Ended ended) {
      write(ended.elapsed());
    }
  }

  private List<Case> suite(String host) {
    return suites.computeIfAbsent(host, unused -> new ArrayList<>());
  }

  private void add(String host, String group, String name, String kind, String got, String text) {
    suite(host).add(new Case(group, name, kind, got, text, Duration.ZERO));
  }

  private void task(RunEvent.TaskEnded ended) {
    boolean differs = ended.status() == Status.CHANGED || ended.status() == Status.WOULD_CHANGE;
    String summaries = String.join("\n", ended.summaries());
    Case one =
        switch (ended.status()) {
          case IGNORED -> of(ended, "skipped", "failed, which is ignored: " + ended.note(), "");
          case RESCUED -> of(ended, "skipped", "failed and rescued: " + ended.note(), "");
          case SKIPPED -> of(ended, "skipped", ended.note(), "");
          case FAILED -> of(ended, "failure", "failed", ended.note());
          default ->
              differs && changedFails
                  ? of(
                      ended,
                      "failure",
                      ended.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                      summaries)
                  : of(ended, "", "", summaries);
        };
    suite(ended.host()).add(one);
  }

  private static Case of(RunEvent.TaskEnded ended, String kind, String message, String text) {
    return new Case(ended.play(), ended.task(), kind, message, text, ended.elapsed());
  }

  /** A task that failed has been told already; what went wrong with it comes behind. */
  private void failure(RunEvent.Failed failed) {
    List<Case> cases = suite(failed.host());
    String message =
        failed.refused() ? "refused: " + failed.problem().got() : failed.problem().got();
    String diagnosis =
        failed.diagnosis().stream().map(line -> "\n" + line).collect(Collectors.joining());
    String name = failed.task().isEmpty() ? "run" : failed.task();
    Duration elapsed = Duration.ZERO;
    Case last = cases.isEmpty() ? null : cases.get(cases.size() - 1);
    if (last != null && last.name().equals(name) && last.kind().equals("failure")) {
      elapsed = last.elapsed();
      cases.remove(last);
    }
    String where = failed.source().isEmpty() ? "" : "at " + failed.source() + "\n";
    cases.add(
        new Case(
            failed.play(),
            name,
            "failure",
            message,
            where + text(failed.problem()) + diagnosis,
            elapsed));
  }

  private static String text(Problem problem) {
    return "wanted: "
        + problem.wanted()
        + "\ngot: "
        + problem.got()
        + "\nstate: "
        + problem.state()
        + "\ndo: "
        + problem.advice();
  }

  private void write(Duration elapsed) {
    try {
      Files.writeString(file, JunitXml.of(playbook, suites, elapsed), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the report " + file + " cannot be written", e);
    }
  }
}
