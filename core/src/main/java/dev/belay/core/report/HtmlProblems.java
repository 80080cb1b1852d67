package dev.belay.core.report;

import dev.belay.core.plan.Problem;
import dev.belay.core.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What went wrong, host by host, and what was done about it: the first that a page tells. */
final class HtmlProblems {

  private HtmlProblems() {}

  static void add(Markup page, List<Tale> tales) {
    List<String> hosts =
        tales.stream()
            .flatMap(tale -> tale.hosts().keySet().stream())
            .distinct()
            .filter(host -> items(tales, host).stream().anyMatch(HtmlProblems::isProblem))
            .toList();
    if (hosts.isEmpty()) {
      return;
    }
    page.open("section", "class", "problems").element("h2", "", "What went wrong").constant("\n");
    hosts.forEach(host -> host(page, tales, host));
    page.close("section");
  }

  private static List<Tale.Item> items(List<Tale> tales, String host) {
    return tales.stream()
        .flatMap(tale -> tale.hosts().getOrDefault(host, List.of()).stream())
        .toList();
  }

  private static boolean isProblem(Tale.Item item) {
    return item.event() instanceof RunEvent.Failed
        || item.event() instanceof RunEvent.Unreachable
        || item.event() instanceof RunEvent.RolledBack back && !back.remaining().isEmpty();
  }

  private static void host(Markup page, List<Tale> tales, String host) {
    List<Tale.Item> items = items(tales, host);
    page.open("article").open("h3").name(host).close("h3");
    for (Tale.Item item : items) {
      if (item.event() instanceof RunEvent.Failed failed) {
        failed(page, failed, "#i" + item.number());
      } else if (item.event() instanceof RunEvent.Unreachable lost) {
        page.open("p", "class", "where").element("strong", "badge bad", "unreachable").close("p");
        rows(page, lost.problem());
      }
    }
    story(page, tales.get(0).begin(), items);
    page.close("article");
  }

  private static void failed(Markup page, RunEvent.Failed failed, String link) {
    String where =
        Stream.of(failed.playbook(), failed.play(), failed.task())
            .filter(part -> !part.isBlank())
            .distinct()
            .collect(Collectors.joining(" › "));
    page.open("p", "class", "where");
    page.element("strong", "badge bad", failed.refused() ? "refused" : "failed").constant(" ");
    page.open("a", "href", link).name(where).end("a");
    if (!failed.source().isBlank()) {
      page.constant(" ").element("code", "source", failed.source());
    }
    page.close("p");
    rows(page, failed.problem());
    diagnosis(page, failed.diagnosis());
  }

  static void diagnosis(Markup page, List<String> lines) {
    if (!lines.isEmpty()) {
      page.open("details", "open", "open");
      String title = "What the host showed: " + Words.count(lines.size(), "line");
      page.element("summary", "", title).constant("\n");
      page.open("pre", "tabindex", "0").block(String.join("\n", lines)).end("pre").close("details");
    }
  }

  static void rows(Markup page, Problem problem) {
    page.open("dl", "class", "problem").constant("\n");
    row(page, "Wanted", problem.wanted());
    row(page, "Got", problem.got());
    row(page, "State", problem.state());
    row(page, "Do", problem.advice());
    page.close("dl");
  }

  private static void row(Markup page, String name, String value) {
    if (!value.isBlank()) {
      page.element("dt", "", name).open("dd").block(value).close("dd");
    }
  }

  /** The changes, the failure and the undoing in one line of time, where something was undone. */
  private static void story(Markup page, Instant begin, List<Tale.Item> items) {
    if (items.stream().noneMatch(item -> item.event() instanceof RunEvent.RolledBack)) {
      return;
    }
    page.element("h4", "", "How it was rolled back").open("ol", "class", "story").constant("\n");
    List<String> remaining = new ArrayList<>();
    for (Tale.Item item : items) {
      String text = told(item.event());
      if (!text.isEmpty()) {
        ItemWord word = ItemWord.of(item.event()).orElseThrow();
        page.open("li").element("span", "at", after(begin, item.at())).constant(" ");
        page.element("span", "badge " + word.css(), word.word()).constant(" ");
        page.name(text).close("li");
      }
      if (item.event() instanceof RunEvent.RolledBack back) {
        remaining.addAll(back.remaining());
      }
    }
    page.close("ol");
    remaining(page, remaining);
  }

  private static void remaining(Markup page, List<String> remaining) {
    if (!remaining.isEmpty()) {
      page.open("p").text("This stays, and is for you to look at:").close("p");
      page.open("ul").constant("\n");
      remaining.forEach(rest -> page.open("li").block(rest).close("li"));
      page.close("ul");
    }
  }

  private static String told(RunEvent event) {
    if (event instanceof RunEvent.TaskEnded ended) {
      boolean changed = ended.status() == RunEvent.Status.CHANGED;
      return changed ? ended.task() + ": " + String.join("; ", ended.summaries()) : "";
    } else if (event instanceof RunEvent.Failed failed) {
      return failed.task().isBlank() ? failed.problem().got() : failed.task();
    } else if (event instanceof RunEvent.Unreachable lost) {
      return lost.problem().got();
    } else if (event instanceof RunEvent.Undone undone) {
      return undone.summary();
    } else if (event instanceof RunEvent.RolledBack back) {
      return HtmlHosts.rolledBack(back);
    }
    return "";
  }

  /** Returns how long after the beginning something was, such as {@code +1 min 04 s}. */
  static String after(Instant begin, Instant at) {
    return "+" + Words.time(Duration.between(begin, at));
  }
}
