package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import dev.belay.core.step.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All that happened, host by host, each a list that can be folded, searched and filtered. */
final class HtmlHosts {

  /** Hosts with nothing but these are folded. */
  private static final Set<String> QUIET = Set.of("ok", "skipped");

  /** Up to so many hosts are unfolded where something happened on them. */
  private static final int UNFOLDED = 20;

  private HtmlHosts() {}

  static void add(Markup page, Tale tale) {
    page.open("section", "class", "hosts").element("h2", "", "Hosts and tasks").constant("\n");
    tools(page, tale);
    boolean few = tale.hosts().size() <= UNFOLDED;
    tale.hosts().forEach((host, items) -> host(page, tale, host, items, few));
    page.open("p", "class", "nothing", "hidden", "hidden").text("Nothing fits.").close("p");
    page.close("section");
  }

  /** Shown by the script only, without which they would do nothing. */
  private static void tools(Markup page, Tale tale) {
    Map<String, Integer> words = new LinkedHashMap<>();
    tale.hosts().values().stream()
        .flatMap(List::stream)
        .flatMap(item -> ItemWord.of(item.event()).stream())
        .forEach(word -> words.merge(word.word(), 1, Integer::sum));
    page.open("div", "class", "tools", "role", "search", "hidden", "hidden").constant("\n");
    page.constant(
        "<label class=\"find\">Search <input type=\"search\" autocomplete=\"off\""
            + " spellcheck=\"false\"></label>\n"
            + "<fieldset><legend>Show</legend>\n");
    words.forEach(
        (word, count) -> {
          page.open("label").open("input", "type", "checkbox", "checked", "checked", "value", word);
          page.text(word + " ").element("span", "count", String.valueOf(count)).close("label");
        });
    page.constant(
        "</fieldset>\n<span class=\"buttons\"><button type=\"button\" class=\"unfold\">Unfold"
            + " all</button> <button type=\"button\" class=\"fold\">Fold all</button></span>\n"
            + "<output class=\"said\" aria-live=\"polite\"></output>\n");
    page.close("div");
  }

  private static void host(
      Markup page, Tale tale, String host, List<Tale.Item> items, boolean few) {
    boolean open = few && items.stream().anyMatch(HtmlHosts::isNotable);
    details(page, "host", open);
    page.open("summary").open("h3").name(host).end("h3").constant(" ");
    counts(page, items);
    page.close("summary").open("ol", "class", "items").constant("\n");
    String play = "";
    for (Tale.Item item : items) {
      if (item.event() instanceof RunEvent.TaskEnded ended && !ended.play().equals(play)) {
        play = ended.play();
        page.open("li", "class", "play").open("h4").name(play).end("h4").close("li");
      }
      Optional<ItemWord> word = ItemWord.of(item.event());
      if (word.isPresent()) {
        item(page, tale, item, word.get());
      }
    }
    page.close("ol");
    end(page, items);
    page.close("details");
  }

  private static boolean isNotable(Tale.Item item) {
    return !item.remarks().isEmpty()
        || ItemWord.of(item.event()).filter(word -> !QUIET.contains(word.word())).isPresent();
  }

  private static void details(Markup page, String css, boolean open) {
    if (open) {
      page.open("details", "class", css, "open", "open").constant("\n");
    } else {
      page.open("details", "class", css).constant("\n");
    }
  }

  private static void counts(Markup page, List<Tale.Item> items) {
    Map<ItemWord, Integer> words = new LinkedHashMap<>();
    items.stream()
        .flatMap(item -> ItemWord.of(item.event()).stream())
        .forEach(word -> words.merge(word, 1, Integer::sum));
    words.forEach(
        (word, count) -> page.element("span", "badge " + word.css(), count + " " + word.word()));
  }

  private static void item(Markup page, Tale tale, Tale.Item item, ItemWord word) {
    page.open("li", "class", "item", "id", "i" + item.number(), "data-status", word.word());
    boolean more = hasMore(item);
    if (more) {
      details(page, "more", isNotable(item));
      page.open("summary");
    } else {
      page.open("p", "class", "bare");
    }
    page.element("span", "badge " + word.css(), word.word()).constant(" ");
    page.open("span", "class", "name").name(title(item.event())).end("span");
    page.element("span", "at", when(tale, item)).close(more ? "summary" : "p");
    if (more) {
      body(page, item);
      page.close("details");
    }
    page.close("li");
  }

  private static String when(Tale tale, Tale.Item item) {
    boolean took = item.event() instanceof RunEvent.TaskEnded ended && !ended.elapsed().isZero();
    String at = HtmlProblems.after(tale.begin(), item.at());
    return took ? Words.fine(((RunEvent.TaskEnded) item.event()).elapsed()) + ", " + at : at;
  }

  private static boolean hasMore(Tale.Item item) {
    RunEvent event = item.event();
    if (event instanceof RunEvent.TaskEnded ended) {
      return !ended.summaries().isEmpty()
          || !ended.diffs().isEmpty()
          || !ended.note().isBlank()
          || !item.remarks().isEmpty();
    } else if (event instanceof RunEvent.Undone undone) {
      return !undone.diffs().isEmpty();
    } else if (event instanceof RunEvent.RolledBack back) {
      return !back.remaining().isEmpty();
    } else if (event instanceof RunEvent.Kept kept) {
      return !kept.conditions().isEmpty();
    }
    return event instanceof RunEvent.Failed
        || event instanceof RunEvent.Unreachable
        || event instanceof RunEvent.Found
        || event instanceof RunEvent.WouldGuard;
  }

  private static String title(RunEvent event) {
    if (event instanceof RunEvent.TaskEnded ended) {
      return ended.task() + (ended.handler() ? " (handler)" : "");
    } else if (event instanceof RunEvent.Failed failed) {
      return failed.task().isBlank() ? failed.problem().got() : failed.task();
    } else if (event instanceof RunEvent.Unreachable lost) {
      return lost.problem().got();
    } else if (event instanceof RunEvent.Undone undone) {
      return undone.summary();
    } else if (event instanceof RunEvent.RolledBack back) {
      return rolledBack(back);
    } else if (event instanceof RunEvent.Warned warned) {
      return (warned.task().isBlank() ? "" : warned.task() + ": ") + warned.text();
    } else if (event instanceof RunEvent.Found found) {
      return found.finding().title();
    } else if (event instanceof RunEvent.Kept kept) {
      return "a new login works; the block at " + kept.guard() + " is kept";
    } else if (event instanceof RunEvent.WouldGuard guard) {
      return "the host would undo this by itself within " + Words.time(guard.within());
    } else if (event instanceof RunEvent.NotReached not) {
      return not.reason();
    }
    return "";
  }

  static String rolledBack(RunEvent.RolledBack back) {
    String what = (back.block().isEmpty() ? "" : "guarded block at " + back.block() + " of ");
    return what
        + "run "
        + back.run()
        + (back.remaining().isEmpty() ? ": all is as it was before" : ": not all could be undone");
  }

  private static void body(Markup page, Tale.Item item) {
    RunEvent event = item.event();
    page.open("div", "class", "body").constant("\n");
    if (event instanceof RunEvent.TaskEnded ended) {
      task(page, ended);
    } else if (event instanceof RunEvent.Failed failed) {
      source(page, failed.source());
      HtmlProblems.rows(page, failed.problem());
      HtmlProblems.diagnosis(page, failed.diagnosis());
    } else if (event instanceof RunEvent.Unreachable lost) {
      HtmlProblems.rows(page, lost.problem());
    } else if (event instanceof RunEvent.Undone undone) {
      HtmlDiff.add(page, undone.diffs());
    } else if (event instanceof RunEvent.RolledBack back) {
      list(page, back.remaining());
    } else if (event instanceof RunEvent.Found found) {
      finding(page, found.finding());
    } else if (event instanceof RunEvent.Kept kept) {
      list(page, kept.conditions());
    } else if (event instanceof RunEvent.WouldGuard guard) {
      list(
          page,
          Stream.concat(Stream.of("unless a new login works"), guard.conditions().stream())
              .toList());
    }
    item.remarks().forEach(remark -> remark(page, remark));
    page.close("div");
  }

  private static void task(Markup page, RunEvent.TaskEnded ended) {
    source(page, ended.source());
    if (!ended.note().isBlank()) {
      page.open("p", "class", "because").block(ended.note()).close("p");
    }
    list(page, ended.summaries());
    HtmlDiff.add(page, ended.diffs());
  }

  private static void source(Markup page, String source) {
    if (!source.isBlank()) {
      page.open("p", "class", "source").text("written at ").element("code", "", source).close("p");
    }
  }

  private static void list(Markup page, List<String> lines) {
    if (!lines.isEmpty()) {
      page.open("ul").constant("\n");
      lines.forEach(line -> page.open("li").block(line).close("li"));
      page.close("ul");
    }
  }

  private static void remark(Markup page, RunEvent remark) {
    if (remark instanceof RunEvent.Warned warned) {
      page.open("p", "class", "warning").element("span", "badge doubt", "warning").constant(" ");
      page.block(warned.text()).close("p");
    } else if (remark instanceof RunEvent.Found found) {
      finding(page, found.finding());
    }
  }

  private static void finding(Markup page, Finding finding) {
    page.open(
        "div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", finding.title());
    page.open("table").open("caption").text(finding.title()).end("caption").constant("<thead><tr>");
    finding
        .columns()
        .forEach(name -> page.open("th", "scope", "col").text(name.replace('_', ' ')).end("th"));
    page.constant("</tr></thead>\n<tbody>\n");
    for (List<String> row : finding.rows()) {
      page.constant("<tr>");
      row.forEach(cell -> page.open("td").name(cell).end("td"));
      page.close("tr");
    }
    page.constant("</tbody>").end("table").close("div");
  }

  private static void end(Markup page, List<Tale.Item> items) {
    for (Tale.Item item : items) {
      if (item.event() instanceof RunEvent.HostEnded ended) {
        page.open("p", "class", "end");
        page.text(
            Words.time(ended.elapsed()) + ", " + Words.count(ended.roundTrips(), "round trip"));
        page.close("p");
      }
    }
  }
}
