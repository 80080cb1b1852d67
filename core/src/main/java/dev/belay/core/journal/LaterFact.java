package dev.belay.core.journal;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs that came after one have altered and nobody has rolled back.
 *
 * @param run identifier of the earlier run
 */
public record LaterFact(String run) implements Fact<List<LaterFact.Altered>> {

  /**
   * A path that a later run has altered.
   *
   * @param run the later run
   * @param path what it altered
   * @param brought whether the path belongs to a package that the earlier run installed
   */
  public record Altered(String run, RemotePath path, boolean brought) {}

  @Override
  public String question() {
    return "b_later " + Sh.quote(run);
  }

  @Override
  public List<Altered> parse(Answer answer) {
    List<Altered> altered = new ArrayList<>();
    ByteCursor cursor = new ByteCursor(answer.out());
    while (!cursor.atEnd()) {
      String[] head = cursor.words();
      altered.add(
          new Altered(head[0], RemotePath.of(cursor.text(head[2])), head[1].equals("package")));
    }
    return altered;
  }

  /**
   * Returns the alterations of later runs that stand on what a run did: at the same path, in a
   * directory it made, or in a package it installed. Pure.
   *
   * @param runs all runs of the host; what a rollback altered is gone together with what it undid
   */
  public static List<Altered> standingOn(
      Journal journal, List<RunsFact.Run> runs, List<Altered> later) {
    return later.stream()
        .filter(altered -> altered.brought() || touches(journal, altered.path()))
        .filter(altered -> !isCancelled(altered.run(), runs))
        .toList();
  }

  private static boolean touches(Journal journal, RemotePath path) {
    return journal.entries().stream()
        .flatMap(entry -> entry.paths().stream())
        .anyMatch(
            kept ->
                path.equals(kept.path())
                    || kept.before().equals(FileState.Absent.SIGNATURE)
                        && path.isWithin(kept.path()));
  }

  /** A rollback that was not itself undone and the run it undid leave nothing between them. */
  private static boolean isCancelled(String run, List<RunsFact.Run> runs) {
    return runs.stream()
        .filter(each -> each.run().equals(run))
        .map(each -> each.header().undoes())
        .anyMatch(
            undone ->
                runs.stream()
                    .anyMatch(
                        each ->
                            each.run().equals(undone) && each.state().equals(Journal.ROLLED_BACK)));
  }

  @Override
  public String toString() {
    return "runs after " + run;
  }
}
