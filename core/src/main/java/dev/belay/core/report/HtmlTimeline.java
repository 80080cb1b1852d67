package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Where the time went: a row for each host, a bar for each task that took some, and the slowest
 * tasks in words.
 */
final class HtmlTimeline {

  /** Units across; the drawing is stretched to the width there is. */
  private static final double WIDTH = 1000;

  private static final double LEAST = 2;
  private static final int TICKS = 4;
  private static final int SLOWEST = 5;

  private final Markup page;
  private final Tale tale;
  private final long nanos;

  private HtmlTimeline(Markup page, Tale tale) {
    this.page = page;
    this.tale = tale;
    this.nanos = Math.max(1, Duration.between(tale.begin(), tale.end()).toNanos());
  }

  static void add(Markup page, Tale tale) {
    new HtmlTimeline(page, tale).add();
  }

  private void add() {
    page.open("section", "class", "timeline").element("h2", "", "Timeline").constant("\n");
    if (tale.large()) {
      page.open("div", "class", "tall", "tabindex", "0", "role", "region", "aria-label", "Hosts");
    }
    page.open("div", "class", "lanes").constant("\n");
    tale.hosts().forEach(this::lane);
    page.open("span", "class", "host")
        .end("span")
        .open("p", "class", "axis", "aria-hidden", "true");
    for (int tick = 0; tick <= TICKS; tick++) {
      page.element("span", "", Words.fine(Duration.ofNanos(nanos / TICKS * tick)));
    }
    page.close("p").close("div");
    if (tale.large()) {
      page.close("div");
    }
    page.constant(
        "<p class=\"key\"><span class=\"badge plain connect\">connecting</span> "
            + "<span class=\"badge plain changed\">changing</span> "
            + "<span class=\"badge plain bad\">failed, lost</span> "
            + "<span class=\"badge plain undo\">undoing</span> "
            + "<span class=\"badge plain wait\">asking, confirming, waiting</span></p>\n");
    slowest();
    page.close("section");
  }

  private void lane(String host, List<Tale.Item> items) {
    page.open("span", "class", "host").name(host).end("span");
    page.open(
        "svg",
        "viewBox",
        "0 0 1000 20",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        label(host, items));
    if (!items.isEmpty()) {
      Instant begin = items.get(0).at().minus(length(items.get(0)));
      bar("wait", begin, items.get(items.size() - 1).at(), 9, 2, "");
    }
    items.forEach(this::bar);
    page.close("svg");
  }

  private static String label(String host, List<Tale.Item> items) {
    if (items.isEmpty()) {
      return host + ": nothing was told";
    }
    Instant begin = items.get(0).at().minus(length(items.get(0)));
    long changed = items.stream().filter(HtmlTimeline::changed).count();
    boolean bad = items.stream().anyMatch(HtmlTimeline::bad);
    Instant end = items.get(items.size() - 1).at();
    return String.format(
        Locale.ROOT,
        "%s: %s in all, %s changed%s",
        host,
        Words.time(Duration.between(begin, end)),
        Words.count(changed, "task"),
        bad ? ", failed or lost" : "");
  }

  private static boolean changed(Tale.Item item) {
    return item.event() instanceof RunEvent.TaskEnded ended
        && ended.status() == RunEvent.Status.CHANGED;
  }

  private static boolean bad(Tale.Item item) {
    return item.event() instanceof RunEvent.Failed || item.event() instanceof RunEvent.Unreachable;
  }

  private void bar(Tale.Item item) {
    RunEvent event = item.event();
    Instant from = item.at().minus(length(item));
    if (event instanceof RunEvent.Connected) {
      bar("connect", from, item.at(), 5, 10, "connecting");
    } else if (event instanceof RunEvent.TaskEnded ended && !ended.elapsed().isZero()) {
      bar("changed", from, item.at(), 2, 16, ended.task());
    } else if (event instanceof RunEvent.Failed failed) {
      bar("bad", from, item.at(), 2, 16, failed.task());
    } else if (event instanceof RunEvent.Unreachable) {
      bar("bad", from, item.at(), 2, 16, "unreachable");
    } else if (event instanceof RunEvent.Undone undone) {
      bar("undo", from, item.at(), 2, 16, undone.summary());
    }
  }

  /** What took no time of its own took the time since what came before it. */
  private static Duration length(Tale.Item item) {
    if (item.event() instanceof RunEvent.Connected connected) {
      return connected.elapsed();
    } else if (item.event() instanceof RunEvent.TaskEnded ended) {
      return ended.elapsed();
    }
    boolean lasted = bad(item) || item.event() instanceof RunEvent.Undone;
    return lasted ? Duration.between(item.since(), item.at()) : Duration.ZERO;
  }

  private void bar(String css, Instant from, Instant to, int top, int height, String title) {
    double x = Math.max(0, place(from));
    double width = Math.max(LEAST, place(to) - x);
    page.open(
        "rect",
        "class",
        css,
        "x",
        number(Math.min(x, WIDTH - LEAST)),
        "width",
        number(width),
        "y",
        String.valueOf(top),
        "height",
        String.valueOf(height));
    if (!title.isEmpty()) {
      String took = Words.fine(Duration.between(from, to));
      page.element("title", "", title + ", " + took + ", " + HtmlProblems.after(tale.begin(), to));
    }
    page.end("rect");
  }

  private double place(Instant at) {
    return Duration.between(tale.begin(), at).toNanos() * WIDTH / nanos;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private void slowest() {
    List<RunEvent> events =
        tale.hosts().values().stream().flatMap(List::stream).map(Tale.Item::event).toList();
    List<RunEvent.TaskEnded> slowest = Slowest.of(events, SLOWEST);
    if (slowest.isEmpty()) {
      return;
    }
    page.element("h3", "", "Slowest tasks").open("ol", "class", "slowest").constant("\n");
    for (RunEvent.TaskEnded task : slowest) {
      page.open("li").element("span", "at", Words.fine(task.elapsed())).constant(" ");
      page.name(task.task()).text(" on ").name(task.host()).close("li");
    }
    page.close("ol");
  }
}
