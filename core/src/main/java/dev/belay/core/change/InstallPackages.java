package dev.belay.core.change;

import dev.belay.core.fact.DebFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Installs Debian packages by apt-get: noninteractive, edited conffiles kept, waiting for the dpkg
 * lock. Undo purges every package that was not there before, dependencies included.
 *
 * @param names package names
 * @param refresh whether apt's lists are refreshed first
 * @param environment variables for the package scripts, such as {@code FALCO_DRIVER_CHOICE}
 * @param candidates version that apt would install, by package, as far as known
 * @param brings what the packages hold at asked paths; empty when it cannot be known beforehand
 * @param doubt why it is not certain that this can be done; empty when it is
 * @param deadline longest time for all of it, waiting for the lock included
 */
public record InstallPackages(
    List<String> names,
    boolean refresh,
    Map<String, String> environment,
    Map<String, String> candidates,
    Optional<Map<RemotePath, FileState>> brings,
    Optional<String> doubt,
    Duration deadline)
    implements Change.Reversible {

  /** Copies the collections. */
  public InstallPackages {
    names = List.copyOf(names);
    environment = new TreeMap<>(environment);
    candidates = Map.copyOf(candidates);
    brings = brings.map(Map::copyOf);
  }

  @Override
  public String summary() {
    return "install " + String.join(", ", names);
  }

  @Override
  public List<Diff> diff() {
    return names.stream()
        .<Diff>map(
            name ->
                new Diff.Line(
                    "package " + name,
                    "not installed",
                    candidates.getOrDefault(name, "version known after apt-get update")))
        .toList();
  }

  @Override
  public String perform() {
    StringBuilder script = new StringBuilder();
    environment.forEach(
        (name, value) ->
            script.append("export ").append(name).append('=').append(Sh.quote(value)).append('\n'));
    return script
        .append("b_install ")
        .append(refresh ? "refresh " : "keep ")
        .append(Math.max(1, deadline.toSeconds() - 5))
        .append(' ')
        .append(Sh.words(names))
        .toString();
  }

  @Override
  public Optional<String> undo() {
    return Optional.of("b_uninstall " + Math.max(1, deadline.toSeconds() - 5));
  }

  @Override
  public Facts effect(Facts before) {
    Facts after =
        before.doubting(this::mayAlter, "it may come with package " + String.join(" or ", names));
    for (String name : names) {
      after =
          after.with(
              new PackageFact(name),
              new PackageState(
                  Optional.of(candidates.getOrDefault(name, "?")), Optional.empty(), true));
    }
    for (FileState state : brings.orElse(Map.of()).values()) {
      after = FileEffects.put(after, state);
    }
    return after;
  }

  /** Package scripts manage units and may do anything; files already there are kept by dpkg. */
  private boolean mayAlter(Fact<?> fact, Object value) {
    if (fact instanceof FileFact) {
      return brings.isEmpty() && value instanceof FileState.Absent;
    }
    return !(fact instanceof PackageFact || fact instanceof DebFact);
  }

  @Override
  public boolean predictable() {
    return false;
  }
}
