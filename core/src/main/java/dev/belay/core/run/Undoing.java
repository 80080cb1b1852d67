package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.journal.Journal;
import dev.belay.core.transport.Reply;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells each undo as its reply comes, and keeps what could not be undone. */
final class Undoing {

  private final HostStory story;
  private final List<String> remaining = new ArrayList<>();

  Undoing(HostStory story) {
    this.story = story;
  }

  List<String> remaining() {
    return List.copyOf(remaining);
  }

  void remains(String what) {
    remaining.add(what);
  }

  void remain(List<String> more) {
    remaining.addAll(more);
  }

  /** One undo was tried; what it prints is something to be known, such as what stays. */
  void replied(Change change, Reply reply) {
    if (!reply.ok()) {
      remaining.add(change.summary() + ": " + Problems.said(reply));
      return;
    }
    story.tell(new RunEvent.Undone(story.host(), change.summary(), change.diff(), false));
    reply.text().lines().filter(line -> !line.isBlank()).forEach(line -> story.warn("", line));
  }

  void healthReplied(Reply reply) {
    if (!reply.ok() && !reply.skipped()) {
      remaining.add("health after the undo: " + Problems.said(reply));
    }
  }

  void endReplied(Reply reply) {
    if (!reply.ok()) {
      remaining.add("the journal's note of it: " + Problems.said(reply));
    }
  }

  /** Returns the scripts that wait for health once a run is undone, each once. */
  static Set<String> awaitRestored(Journal journal) {
    Set<String> scripts = new LinkedHashSet<>();
    journal.entries().forEach(entry -> scripts.add(entry.intent().awaitRestored()));
    scripts.remove("");
    return scripts;
  }
}
