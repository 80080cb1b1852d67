package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.util.List;
import java.util.Optional;

/**
 * Puts a path back as a journal of the host kept it, with content, attributes and times.
 *
 * @param path what is put back
 * @param copy path of the kept copy on the host; used when {@code after} is a file or a link
 * @param now signature of what must be there now
 * @param after signature of what was there before the run that is undone
 * @param nowContent content there now, for the diff; empty when there is none or it is not known
 * @param afterContent content that was kept; empty when there is none or it is not known
 */
public record RestoreFile(
    RemotePath path,
    RemotePath copy,
    String now,
    String after,
    Optional<Content> nowContent,
    Optional<Content> afterContent)
    implements Change.Reversible {

  @Override
  public String summary() {
    return after.equals("-") ? "remove " + path + " again" : "restore " + path;
  }

  @Override
  public List<Diff> diff() {
    return nowContent.isEmpty() && afterContent.isEmpty()
        ? List.of(new Diff.Line(path.value(), now, after))
        : List.of(new Diff.Text(path.value(), nowContent, afterContent));
  }

  @Override
  public List<Touch> touches() {
    return List.of(new Touch(path, now, after));
  }

  @Override
  public String perform() {
    return "b_restore " + Sh.quote(copy) + " " + Sh.quote(after) + " " + Sh.quote(path);
  }

  @Override
  public Facts effect(Facts facts) {
    return facts.doubting(
        (fact, value) -> fact instanceof FileFact file && file.path().equals(path),
        path + " is put back by a rollback");
  }
}
