package dev.belay.core.journal;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.FileFact;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The journal of one run, with what lies now at each path it speaks of.
 *
 * @param run identifier of the run
 */
public record JournalFact(String run) implements Fact<Journal> {

  @Override
  public String question() {
    return "b_journal " + Sh.quote(run) + " " + FileFact.CONTENT_LIMIT;
  }

  @Override
  public Journal parse(Answer answer) {
    if (answer.exit() != 0) {
      throw new FailedFactException(
          "the host has no journal of run " + run,
          "list the runs it has with `belay runs`; those made as root are found as root (--become)");
    }
    ByteCursor cursor = new ByteCursor(answer.out());
    String[] head = cursor.words();
    RemotePath place = RemotePath.of(cursor.text(head[1]));
    JournalHeader header = JournalJson.read(cursor.text(head[2]), JournalHeader.class);
    List<JournalEntry> entries = new ArrayList<>();
    while (!cursor.atEnd()) {
      entries.add(entry(cursor, place));
    }
    return new Journal(run, head[0], header, entries);
  }

  private static JournalEntry entry(ByteCursor cursor, RemotePath place) {
    String[] head = cursor.words();
    JournalIntent intent = JournalJson.read(cursor.text(head[2]), JournalIntent.class);
    String undo = cursor.text(head[3]);
    RemotePath at = place.resolve(head[0]);
    List<JournalEntry.KeptPath> paths = new ArrayList<>();
    for (int i = Integer.parseInt(head[4]); i > 0; i--) {
      paths.add(path(cursor, at, intent.secret()));
    }
    return new JournalEntry(
        at,
        intent,
        undo.isEmpty() ? Optional.empty() : Optional.of(undo),
        head[1].equals("done"),
        paths);
  }

  private static JournalEntry.KeptPath path(ByteCursor cursor, RemotePath at, boolean secret) {
    String[] head = cursor.words();
    return new JournalEntry.KeptPath(
        RemotePath.of(cursor.text(head[1])),
        at.resolve(head[0]).resolve("copy"),
        cursor.text(head[2]),
        cursor.text(head[3]),
        cursor.text(head[4]),
        content(cursor, head[5], secret),
        content(cursor, head[6], secret));
  }

  private static Optional<Content> content(ByteCursor cursor, String length, boolean secret) {
    if (length.equals("-")) {
      return Optional.empty();
    }
    Content content = cursor.content(length);
    return Optional.of(secret ? content.asSecret() : content);
  }

  @Override
  public String toString() {
    return "journal of run " + run;
  }
}
