package dev.belay.core.builtin.file;

import dev.belay.core.change.Change;
import dev.belay.core.change.MakeDirectory;
import dev.belay.core.change.SetAttributes;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.UserFact;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.Ownership;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Keeps a directory at a mode and owners, and makes it with the directories above it.
 *
 * <p>Undo removes each directory that was made, if it is empty by then, and restores mode and
 * owners of one that was there. What the directory holds is not looked at. A new directory has mode
 * 0755 unless given; those made above it always have.
 *
 * @param path where
 * @param wish mode and owners
 */
public record DirectoryPresent(RemotePath path, Ownership wish) implements ReversibleStep {

  /** Keeps a directory whose attributes are not yet said. */
  public DirectoryPresent(RemotePath path) {
    this(path, Ownership.ANY);
  }

  /** Returns the step with this mode, such as {@code "0700"}. */
  public DirectoryPresent mode(String octal) {
    return new DirectoryPresent(path, wish.withMode(Mode.of(octal)));
  }

  /** Returns the step with this owner. */
  public DirectoryPresent owner(String user) {
    return new DirectoryPresent(path, wish.withOwner(user));
  }

  /** Returns the step with this group. */
  public DirectoryPresent group(String group) {
    return new DirectoryPresent(path, wish.withGroup(group));
  }

  @Override
  public String label() {
    return "directory[" + path + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    List<Fact<?>> reads = new ArrayList<>();
    reads.add(new UserFact());
    for (RemotePath at = path; !at.name().isEmpty(); at = at.parent()) {
      reads.add(new FileFact(at));
    }
    return reads;
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    FileState there = facts.get(new FileFact(path));
    if (there instanceof FileState.Directory directory) {
      Attributes wanted = wish.over(directory.attributes());
      return wanted.equals(directory.attributes())
          ? List.of()
          : List.of(new SetAttributes(directory, wanted));
    }
    Deque<RemotePath> missing = new ArrayDeque<>();
    RemotePath at = path;
    while (!at.name().isEmpty() && facts.get(new FileFact(at)) instanceof FileState.Absent) {
      missing.push(at);
      at = at.parent();
    }
    checkAbove(at, facts);
    Attributes above = Place.fresh(Ownership.ANY, Mode.ENTERABLE, facts);
    Attributes own = Place.fresh(wish, Mode.ENTERABLE, facts);
    return missing.stream()
        .<Change.Reversible>map(
            made -> new MakeDirectory(placeOf(made, facts), made.equals(path) ? own : above))
        .toList();
  }

  /** A directory above may be a symbolic link; the host then knows this one by another path. */
  private static RemotePath placeOf(RemotePath made, Facts facts) {
    return facts.get(new FileFact(made)).at();
  }

  private void checkAbove(RemotePath above, Facts facts) {
    if (above.name().isEmpty()) {
      return;
    }
    FileState state = facts.get(new FileFact(above));
    if (!(state instanceof FileState.Directory directory)) {
      throw new StepRefusedException(
          "directory " + path, above + " is there and is no directory", "remove or move " + above);
    }
    if (!directory.writable()) {
      throw new StepRefusedException(
          "directory " + path,
          above + " cannot be written: read-only file system or no permission",
          "look at `mount` for a read-only file system, or use become");
    }
  }
}
