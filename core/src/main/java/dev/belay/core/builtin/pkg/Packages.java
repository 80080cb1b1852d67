package dev.belay.core.builtin.pkg;

import dev.belay.core.change.Change;
import dev.belay.core.change.InstallPackages;
import dev.belay.core.change.PackageContents;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.step.ReversibleStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps Debian packages installed, in whatever version.
 *
 * <p>Undo purges those that were installed together with the dependencies that came along. Does not
 * upgrade what is installed, never removes another package, and does not choose a version. apt's
 * lists are refreshed first when they are older than a day, older than its sources, or do not know
 * a package.
 *
 * @param names package names
 * @param environment variables for the package scripts, such as {@code FALCO_DRIVER_CHOICE}
 * @param deadline longest time for all of it; half of it may go by waiting for locks of apt or dpkg
 */
public record Packages(List<String> names, Map<String, String> environment, Duration deadline)
    implements ReversibleStep {

  /** Copies the collections and checks the names. */
  public Packages {
    names = new PackageNames(names).names();
    environment = new TreeMap<>(environment);
  }

  /** Keeps packages installed, within ten minutes. */
  public Packages(List<String> names) {
    this(names, Map.of(), Duration.ofMinutes(10));
  }

  /** Returns the step with one more variable for the package scripts. */
  public Packages environment(String name, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(name, value);
    return new Packages(names, more, deadline);
  }

  /** Returns the step with this deadline. */
  public Packages deadline(Duration longest) {
    return new Packages(names, environment, longest);
  }

  @Override
  public String label() {
    return "pkg[" + String.join(", ", names) + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return names.stream().<Fact<?>>map(PackageFact::new).toList();
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    List<String> missing = missing(facts);
    return needsRefresh(missing, facts) ? List.of() : DebContents.questions(missing, facts);
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    List<String> missing = missing(facts);
    if (missing.isEmpty()) {
      return List.of();
    }
    boolean refresh = needsRefresh(missing, facts);
    return List.of(
        new InstallPackages(
            missing,
            refresh,
            environment,
            candidates(missing, facts),
            refresh ? DebContents.refreshed(missing) : DebContents.of(missing, facts),
            doubt(missing, facts),
            deadline));
  }

  @Override
  public List<Change.Reversible> atMost(Facts facts) {
    PackageContents unseen = PackageContents.unknown("it may come with " + label() + " before");
    return List.of(
        new InstallPackages(
            names, false, environment, Map.of(), unseen, Optional.empty(), deadline));
  }

  private List<String> missing(Facts facts) {
    return names.stream().filter(name -> state(name, facts).installed().isEmpty()).toList();
  }

  private static boolean needsRefresh(List<String> missing, Facts facts) {
    return missing.stream()
        .map(name -> state(name, facts))
        .anyMatch(state -> state.candidate().isEmpty() || !state.listsFresh());
  }

  private static Map<String, String> candidates(List<String> missing, Facts facts) {
    return missing.stream()
        .filter(name -> state(name, facts).candidate().isPresent())
        .collect(Collectors.toMap(name -> name, name -> state(name, facts).candidate().get()));
  }

  private static Optional<String> doubt(List<String> missing, Facts facts) {
    String unknown =
        missing.stream()
            .filter(name -> state(name, facts).candidate().isEmpty())
            .collect(Collectors.joining(", "));
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "apt does not know package " + unknown + " yet; apply runs apt-get update first");
  }

  private static PackageState state(String name, Facts facts) {
    return facts.get(new PackageFact(name));
  }
}
