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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

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
    reads.addAll(Owners.reads(wish));
    upwards().forEach(at -> reads.add(new FileFact(at)));
    return reads;
  }

  /** A directory above may be a link, so that this one lies in a place that is not named here. */
  @Override
  public List<Fact<?>> followUps(Facts facts) {
    return upwards().flatMap(at -> Place.followUps(at, facts).stream()).toList();
  }

  /** The path and all above it, the root last. */
  private Stream<RemotePath> upwards() {
    return Stream.concat(
        Stream.iterate(path, at -> !at.name().isEmpty(), RemotePath::parent),
        Stream.of(RemotePath.of("/")));
  }

  @Override
  public List<String> lint() {
    boolean open = wish.mode().filter(mode -> (mode.bits() & 01002) == 02).isPresent();
    return open
        ? List.of(
            "everybody on the host may put files there and take away those of others: mode "
                + wish.mode().get()
                + "; a leading 1 as in 1777 keeps to their own")
        : List.of();
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    Ownership known = Owners.known(wish, label(), facts);
    if (facts.get(new FileFact(path)) instanceof FileState.Directory directory) {
      return kept(directory, known.over(directory.attributes()), facts);
    }
    Deque<RemotePath> missing = new ArrayDeque<>();
    RemotePath at = path;
    while (facts.get(new FileFact(at)) instanceof FileState.Absent) {
      missing.push(at);
      at = at.parent();
    }
    Place.checkDirectory(
        label(),
        missing.isEmpty() ? facts.get(new FileFact(at)) : Place.home(missing.peek(), facts));
    Attributes above = Place.fresh(Ownership.ANY, Mode.ENTERABLE, facts);
    Attributes own = Place.fresh(known, Mode.ENTERABLE, facts);
    Owners.checkMayGive(label(), path, own, facts);
    return missing.stream()
        .<Change.Reversible>map(
            made -> new MakeDirectory(placeOf(made, facts), made.equals(path) ? own : above))
        .toList();
  }

  private List<Change.Reversible> kept(
      FileState.Directory directory, Attributes wanted, Facts facts) {
    if (wanted.equals(directory.attributes())) {
      return List.of();
    }
    if (!directory.writable() && Place.telling(directory.attributes().mode(), facts)) {
      Place.checkDirectory(label(), directory);
    }
    Owners.checkMayGive(label(), path, directory.attributes(), facts);
    Owners.checkMayGive(label(), path, wanted, facts);
    return List.of(new SetAttributes(directory, wanted));
  }

  /** A directory above may be a symbolic link; the host then knows this one by another path. */
  private static RemotePath placeOf(RemotePath made, Facts facts) {
    return facts.get(new FileFact(made)).at();
  }
}
