package dev.belay.core.report;

import dev.belay.core.change.Diff;
import dev.belay.core.plan.Problem;
import dev.belay.core.remote.Content;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Kind;
import dev.belay.core.run.RunEvent.Status;
import dev.belay.core.step.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of the sample runs, for tests and to look at: {@code PageSamples FOLDER} writes them all.
 */
final class PageSamples {

  static final Instant BEGIN = Instant.parse("2026-11-22T01:14:07Z");

  private PageSamples() {}

  /** Gives events times as they could have had: what took time took it, the rest an instant. */
  static List<Moment> timed(List<RunEvent> events) {
    List<Moment> moments = new ArrayList<>();
    Instant now = BEGIN;
    for (RunEvent event : events) {
      now = now.plus(took(event));
      moments.add(new Moment(now, event));
    }
    return moments;
  }

  private static Duration took(RunEvent event) {
    if (event instanceof RunEvent.TaskEnded ended) {
      return ended.elapsed();
    } else if (event instanceof RunEvent.Connected connected) {
      return connected.elapsed();
    } else if (event instanceof RunEvent.Failed) {
      return Duration.ofSeconds(30);
    } else if (event instanceof RunEvent.Undone) {
      return Duration.ofMillis(900);
    }
    return Duration.ofMillis(30);
  }

  /** An apply that failed, then a rollback that somebody asked for. */
  static List<RunEvent> undone() {
    List<RunEvent> events = new ArrayList<>(SampleRuns.fleet());
    events.addAll(SampleRuns.incomplete());
    return events;
  }

  /** A check with findings and a guard. */
  static List<RunEvent> findings() {
    return SampleRuns.ended(
        new ArrayList<>(
            List.of(
                new RunEvent.Started(Kind.CHECK, "Incident", SampleRuns.RUN, List.of("cp1")),
                new RunEvent.Connected("cp1", Duration.ofMillis(200)),
                new RunEvent.WouldGuard(
                    "cp1", "A.java:9", Duration.ofSeconds(90), List.of("the API server answers")),
                SampleRuns.task("cp1", "incident", "who asked for secrets", Status.OK),
                new RunEvent.Found(
                    "cp1",
                    "who asked for secrets",
                    new Finding(
                        "Secrets that were read",
                        List.of("time", "user", "object_ref"),
                        List.of(
                            List.of("2026-11-21T23:59:01Z", "system:node:n1", "eden/token-1"),
                            List.of("2026-11-21T23:59:04Z", "jo", "eden/token-2")))),
                new RunEvent.Kept("cp1", "A.java:9", List.of("the API server answers")),
                new RunEvent.HostEnded("cp1", 1, Duration.ofMillis(500)))),
        Kind.CHECK,
        Duration.ofMillis(700));
  }

  /** Many hosts with many tasks, as a large fleet has. */
  static List<RunEvent> large(int hosts, int tasks) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      names.add("node-" + i);
    }
    List<RunEvent> events = new ArrayList<>();
    events.add(new RunEvent.Started(Kind.APPLY, "Fleet", SampleRuns.RUN, names));
    for (String host : names) {
      events.add(new RunEvent.Connected(host, Duration.ofMillis(50)));
      for (int i = 0; i < tasks; i++) {
        events.add(task(host, i));
      }
      events.add(new RunEvent.HostEnded(host, 2, Duration.ofSeconds(1)));
    }
    return SampleRuns.ended(events, Kind.APPLY, Duration.ofMinutes(2));
  }

  private static RunEvent task(String host, int i) {
    boolean changed = i % 5 == 0;
    List<Diff> diffs =
        changed
            ? List.of(
                new Diff.Text(
                    "/etc/app/" + i + ".conf",
                    Optional.of(Content.of("a = 1\nb = 2\n")),
                    Optional.of(Content.of("a = 1\nb = 3\nc = 4\n"))))
            : List.of();
    return new RunEvent.TaskEnded(
        host,
        "play " + i / 10,
        "file[/etc/app/" + i + ".conf]",
        false,
        "Fleet.java:" + i,
        changed ? Status.CHANGED : Status.OK,
        changed ? List.of("write /etc/app/" + i + ".conf") : List.of(),
        diffs,
        "",
        changed ? Duration.ofMillis(20 + i) : Duration.ZERO);
  }

  /** Text that tries to get out of where it stands, in every place that a run has. */
  static List<RunEvent> hostile(String text) {
    Problem problem = new Problem(text, text, text, text);
    return SampleRuns.ended(
        new ArrayList<>(
            List.of(
                new RunEvent.Started(Kind.APPLY, text, text, List.of(text)),
                new RunEvent.Connected(text, Duration.ofMillis(1)),
                new RunEvent.TaskEnded(
                    text,
                    text,
                    text,
                    true,
                    text,
                    Status.CHANGED,
                    List.of(text),
                    List.of(
                        new Diff.Line(text, text, text),
                        new Diff.Text(
                            text, Optional.of(Content.of("old")), Optional.of(Content.of(text)))),
                    text,
                    Duration.ofMillis(5)),
                new RunEvent.Found(
                    text, text, new Finding(text, List.of("a"), List.of(List.of(text)))),
                new RunEvent.Warned(text, text, text),
                new RunEvent.Warned(text, "", text),
                new RunEvent.Failed(
                    text, text, text, text, text, problem, List.of(text, text), false),
                new RunEvent.Unreachable(text, problem),
                new RunEvent.Undone(text, text, List.of(new Diff.Line(text, text, text)), false),
                new RunEvent.RolledBack(text, text, text, List.of(text)),
                new RunEvent.WouldGuard(text, text, Duration.ofSeconds(1), List.of(text)),
                new RunEvent.Kept(text, text, List.of(text)),
                new RunEvent.NotReached(text, text))),
        Kind.APPLY,
        Duration.ofSeconds(1));
  }

  public static void main(String[] args) throws IOException {
    Map<String, List<RunEvent>> runs =
        Map.of(
            "check", SampleRuns.check(),
            "rolled-back", SampleRuns.rolledBack(),
            "fleet", SampleRuns.fleet(),
            "incomplete", SampleRuns.incomplete(),
            "undone", undone(),
            "findings", findings(),
            "large", large(200, 50),
            "hostile",
                hostile("</script><img src=x onerror=alert(1)>\u202egnp.\u0000\u001b[2J\"'&"));
    for (Map.Entry<String, List<RunEvent>> run : runs.entrySet()) {
      Path file = Path.of(args[0], run.getKey() + ".html");
      Files.writeString(file, HtmlReport.page(timed(run.getValue())), StandardCharsets.UTF_8);
    }
  }
}
