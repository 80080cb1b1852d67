package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Sh;
import java.util.List;
import java.util.Optional;

/**
 * Removes a regular file or a symbolic link, never what a link names. Undo puts it back with
 * content, attributes and times.
 *
 * @param before what is there
 */
public record RemoveFile(FileState before) implements Change.Reversible {

  @Override
  public String summary() {
    return "remove " + before.at();
  }

  @Override
  public List<Diff> diff() {
    Optional<Content> old =
        before instanceof FileState.Regular file ? file.content() : Optional.empty();
    return old.isPresent()
        ? List.of(new Diff.Text(before.at().value(), old, Optional.empty()))
        : List.of(new Diff.Line(before.at().value(), before.signature(), "absent"));
  }

  @Override
  public List<Touch> touches() {
    return List.of(Touch.of(before, new FileState.Absent(before.at())));
  }

  @Override
  public String perform() {
    return "rm -f -- "
        + Sh.quote(before.at())
        + " && b_sync "
        + Sh.quote(before.at().parent())
        + "/";
  }

  @Override
  public boolean whole() {
    return true;
  }

  @Override
  public Facts effect(Facts facts) {
    return before instanceof FileState.Link link
        ? FileEffects.unlink(facts, link)
        : FileEffects.put(facts, new FileState.Absent(before.at()));
  }
}
