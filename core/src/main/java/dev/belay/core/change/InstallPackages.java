package dev.belay.core.change;

import dev.belay.core.fact.DebFact;
import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.fact.UnitState;
import dev.belay.core.fact.UserFact;
import dev.belay.core.remote.Sh;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Installs Debian packages by apt-get: noninteractive, edited conffiles kept, waiting for the locks
 * of dpkg and apt. Other packages are never removed for their sake.
 *
 * <p>Undo purges every package that came with them, dependencies included, and no other; a package
 * that was upgraded on the way stays upgraded, which the undo says.
 *
 * @param names package names
 * @param refresh whether apt's lists are refreshed first
 * @param environment variables for the package scripts, such as {@code FALCO_DRIVER_CHOICE}
 * @param candidates version that apt would install, by package, as far as known
 * @param contents what the packages bring, as far as known
 * @param doubt why it is not certain that this can be done; empty when it is
 * @param deadline longest time for all of it; half of it may go by waiting for locks
 */
public record InstallPackages(
    List<String> names,
    boolean refresh,
    Map<String, String> environment,
    Map<String, String> candidates,
    PackageContents contents,
    Optional<String> doubt,
    Duration deadline)
    implements Change.Reversible {

  /** Copies the collections and checks the names of variables. */
  public InstallPackages {
    names = List.copyOf(names);
    environment = new TreeMap<>(Exports.checked(environment));
    candidates = Map.copyOf(candidates);
  }

  @Override
  public String summary() {
    return "install " + String.join(", ", names);
  }

  @Override
  public List<Diff> diff() {
    return names.stream()
        .<Diff>map(name -> new Diff.Line("package " + name, "not installed", version(name)))
        .toList();
  }

  private String version(String name) {
    if (!candidates.containsKey(name)) {
      return "version known after apt-get update";
    }
    return candidates.get(name) + (refresh ? " or what apt-get update finds" : "");
  }

  @Override
  public String perform() {
    return "("
        + Exports.text(environment)
        + "b_install "
        + (refresh ? "refresh " : "keep ")
        + patience()
        + " "
        + Sh.words(names)
        + ")";
  }

  @Override
  public Optional<String> undo() {
    return Optional.of("b_uninstall " + patience());
  }

  /** Seconds to wait for the locks: the rest of the deadline is left for the work. */
  private long patience() {
    return Math.max(1, deadline.toSeconds() / 2);
  }

  @Override
  public Facts effect(Facts before) {
    Facts after =
        before
            .doubting(this::mayBring, contents.unseen())
            .doubting(this::mayAlter, "it may come with package " + String.join(" or ", names));
    for (String name : names) {
      after =
          after.with(
              new PackageFact(name),
              new PackageState(
                  Optional.of(candidates.getOrDefault(name, "?")), Optional.empty(), true));
    }
    for (FileState state : contents.seen().values()) {
      if (isFree(state, after)) {
        after = FileEffects.put(after, state);
      }
    }
    return after;
  }

  /** What lies there already stays: dpkg is told to keep edited conffiles. */
  private static boolean isFree(FileState brought, Facts facts) {
    FileFact place = new FileFact(brought.at());
    return !(brought instanceof FileState.Absent)
        && facts.knows(place)
        && facts.get(place) instanceof FileState.Absent;
  }

  private boolean mayBring(Fact<?> fact, Object value) {
    if (fact instanceof FileFact) {
      return value instanceof FileState.Absent place && !contents.seen().containsKey(place.at());
    }
    return fact instanceof DirectoryFact directory
        && !(contents.seen().get(directory.path()) instanceof FileState.Absent);
  }

  /** Package scripts may do anything but take a unit away that is there. */
  private boolean mayAlter(Fact<?> fact, Object value) {
    if (value instanceof UnitState unit) {
      return !unit.exists();
    }
    return !(fact instanceof FileFact
        || fact instanceof DirectoryFact
        || fact instanceof PackageFact
        || fact instanceof DebFact
        || fact instanceof UserFact);
  }

  @Override
  public boolean predictable() {
    return false;
  }
}
