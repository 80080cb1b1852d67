package dev.belay.core.report;

import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/** The page of a run as HTML: events in, text out. Pure. */
final class HtmlPage {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Map<String, ToIntFunction<Recap.Counts>> COLUMNS = columns();

  private HtmlPage() {}

  /** Returns the page of the runs that the events tell, the last of which may be cut off. */
  static String of(List<Moment> moments) {
    List<Tale> tales = Tale.of(moments);
    Markup page = new Markup();
    String title = tales.isEmpty() ? "Belay" : title(tales.get(0)) + ": " + verdict(tales.get(0));
    HtmlFrame.begin(page, title);
    if (tales.isEmpty()) {
      page.open("main", "id", "main").element("h1", "", "No run was begun");
    } else {
      header(page, tales.get(0));
      page.open("main", "id", "main", "tabindex", "-1").constant("\n");
      HtmlProblems.add(page, tales);
      for (Tale tale : tales) {
        run(page, tale, tales.size() > 1);
      }
    }
    page.close("main");
    HtmlFrame.end(page);
    return page.toString();
  }

  private static void run(Markup page, Tale tale, boolean named) {
    if (named) {
      page.element("h2", "run", title(tale)).constant("\n");
    }
    recap(page, tale);
    HtmlTimeline.add(page, tale);
    HtmlHosts.add(page, tale);
  }

  private static String title(Tale tale) {
    return (tale.rollback() ? "Rollback " : "") + tale.started().playbook();
  }

  private static void header(Markup page, Tale tale) {
    page.open("header").constant("\n");
    page.element("p", "kind", kind(tale.started().kind())).constant("\n");
    page.open("h1").name(title(tale)).close("h1");
    page.open("p", "class", "verdict " + css(tale)).text(verdict(tale)).close("p");
    page.open("dl").constant("\n");
    fact(page, "Began", time(tale.begin()));
    fact(page, "Took", Words.time(tale.elapsed()));
    fact(page, "Hosts", Words.count(tale.hosts().size(), "host"));
    fact(page, "Round trips", String.valueOf(roundTrips(tale)));
    if (!tale.started().run().isEmpty()) {
      fact(page, "Run", tale.started().run());
    }
    if (tale.ended().isPresent()) {
      fact(page, "Exit code", String.valueOf(ExitCode.of(tale.recap(), false).code()));
    }
    page.close("dl").close("header");
  }

  private static void fact(Markup page, String name, String value) {
    page.open("div").element("dt", "", name).element("dd", "", value).close("div");
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  private static long roundTrips(Tale tale) {
    return tale.hosts().values().stream()
        .flatMap(List::stream)
        .map(Tale.Item::event)
        .mapToLong(event -> event instanceof RunEvent.HostEnded ended ? ended.roundTrips() : 0)
        .sum();
  }

  private static String kind(RunEvent.Kind kind) {
    return switch (kind) {
      case CHECK -> "Check: nothing was written; this is what would happen";
      case APPLY -> "Apply";
      case ROLLBACK -> "Rollback";
      case CHECK_ROLLBACK -> "Check of a rollback: nothing was written";
    };
  }

  /** Says in one sentence how it went. */
  private static String verdict(Tale tale) {
    if (tale.ended().isEmpty()) {
      return "Interrupted: this page ends where the run was cut off";
    }
    Recap recap = tale.recap();
    int would = sum(recap, Recap.Counts::wouldChange);
    int may = sum(recap, Recap.Counts::mayChange);
    ExitCode code = ExitCode.of(recap, false);
    if (code == ExitCode.OK && tale.started().kind().dry()) {
      return would + may == 0
          ? "Nothing would change"
          : would + " would change" + (may == 0 ? "" : ", " + may + " may change");
    }
    return switch (code) {
      case OK -> well(tale, sum(recap, Recap.Counts::changed));
      case ROLLED_BACK -> "Failed, and rolled back whole";
      case UNREACHABLE -> "Not every host could be reached";
      case REFUSED -> "Refused before anything was tried";
      default -> tale.started().kind().dry() ? "Would fail" : "Failed";
    };
  }

  private static String well(Tale tale, int changed) {
    if (tale.rollback()) {
      return Words.count(sum(tale.recap(), Recap.Counts::rolledBack), "change") + " undone";
    }
    return changed == 0 ? "Nothing had to change" : Words.count(changed, "task") + " changed";
  }

  private static String css(Tale tale) {
    Recap recap = tale.recap();
    if (tale.ended().isEmpty() || ExitCode.of(recap, false) != ExitCode.OK) {
      return "bad";
    }
    return ExitCode.of(recap, true) == ExitCode.PENDING || sum(recap, Recap.Counts::changed) > 0
        ? "changed"
        : "good";
  }

  private static int sum(Recap recap, ToIntFunction<Recap.Counts> count) {
    return recap.hosts().values().stream().mapToInt(count).sum();
  }

  private static void recap(Markup page, Tale tale) {
    Map<String, ToIntFunction<Recap.Counts>> shown = new java.util.LinkedHashMap<>(COLUMNS);
    shown.values().removeIf(count -> sum(tale.recap(), count) == 0);
    page.open("section", "class", "recap").element("h2", "", "Recap").constant("\n");
    String css = tale.large() ? "wide tall" : "wide";
    page.open("div", "class", css, "tabindex", "0", "role", "region", "aria-label", "Recap");
    page.open("table").constant("<thead><tr><th scope=\"col\">Host</th>");
    shown.keySet().forEach(name -> page.open("th", "scope", "col").text(name).end("th"));
    page.constant("</tr></thead>\n<tbody>\n");
    tale.recap()
        .hosts()
        .forEach(
            (host, counts) -> {
              page.constant("<tr>").open("th", "scope", "row").name(host).end("th");
              shown.forEach((name, count) -> cell(page, name, count.applyAsInt(counts)));
              page.close("tr");
            });
    page.constant("</tbody>").end("table").close("div").close("section");
  }

  private static void cell(Markup page, String name, int count) {
    String css =
        switch (name) {
          case "ok" -> "good";
          case "changed", "would change", "rolled back" -> "changed";
          case "failed", "unreachable", "remaining" -> "bad";
          case "skipped" -> "dim";
          default -> "doubt";
        };
    page.element("td", count == 0 ? "none" : css, String.valueOf(count));
  }

  private static Map<String, ToIntFunction<Recap.Counts>> columns() {
    Map<String, ToIntFunction<Recap.Counts>> columns = new java.util.LinkedHashMap<>();
    columns.put("ok", Recap.Counts::ok);
    columns.put("changed", Recap.Counts::changed);
    columns.put("would change", Recap.Counts::wouldChange);
    columns.put("may change", Recap.Counts::mayChange);
    columns.put("failed", Recap.Counts::failed);
    columns.put("ignored", Recap.Counts::ignored);
    columns.put("rescued", Recap.Counts::rescued);
    columns.put("unreachable", Recap.Counts::unreachable);
    columns.put("not reached", Recap.Counts::notReached);
    columns.put("rolled back", Recap.Counts::rolledBack);
    columns.put("remaining", Recap.Counts::remaining);
    columns.put("skipped", Recap.Counts::skipped);
    return columns;
  }
}
