package dev.belay.core.change;

import dev.belay.core.fact.AccountFact;
import dev.belay.core.fact.DebFact;
import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.fact.UnitFact;
import dev.belay.core.fact.UnitState;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What else becomes different with a file: the listing of its directory, the packages that apt can
 * find, the units that systemd knows, the users and groups there are.
 */
final class FileConsequences {

  private static final List<RemotePath> APT_SOURCES =
      List.of(
          RemotePath.of("/etc/apt/sources.list"),
          RemotePath.of("/etc/apt/sources.list.d"),
          RemotePath.of("/etc/apt/preferences"),
          RemotePath.of("/etc/apt/preferences.d"),
          RemotePath.of("/etc/apt/keyrings"),
          RemotePath.of("/etc/apt/trusted.gpg.d"));

  private static final List<RemotePath> PACKAGES =
      List.of(RemotePath.of("/var/lib/dpkg"), RemotePath.of("/var/lib/apt"));

  private static final List<RemotePath> ACCOUNTS =
      List.of(RemotePath.of("/etc/passwd"), RemotePath.of("/etc/group"));

  /** Where systemd looks for system units, see systemd.unit(5). */
  private static final List<RemotePath> UNIT_DIRECTORIES =
      List.of(
          RemotePath.of("/etc/systemd/system"),
          RemotePath.of("/run/systemd/system"),
          RemotePath.of("/usr/local/lib/systemd/system"),
          RemotePath.of("/usr/lib/systemd/system"),
          RemotePath.of("/lib/systemd/system"));

  private FileConsequences() {}

  /** Returns {@code after} with all that follows from a file that has a new state. */
  static Facts of(Facts before, FileState state, Facts after) {
    if (state instanceof FileState.Directory || sameContent(before, state)) {
      return after;
    }
    Facts result = listings(state, after);
    if (ACCOUNTS.contains(state.at())) {
      result =
          result.doubting((fact, value) -> fact instanceof AccountFact, state.at() + " is altered");
    }
    if (APT_SOURCES.stream().anyMatch(state.at()::isWithin)) {
      result = packages(result);
    }
    return UNIT_DIRECTORIES.contains(state.at().parent()) ? units(state, result) : result;
  }

  private static boolean sameContent(Facts before, FileState state) {
    FileFact fact = new FileFact(state.at());
    return state instanceof FileState.Regular now
        && before.knows(fact)
        && before.get(fact) instanceof FileState.Regular then
        && then.sha256().equals(now.sha256());
  }

  private static Facts listings(FileState state, Facts facts) {
    Facts result = facts;
    for (Map.Entry<DirectoryFact, Map<String, Content>> known :
        facts.<Map<String, Content>, DirectoryFact>known(DirectoryFact.class).entrySet()) {
      if (placeOf(known.getKey().path(), facts).equals(state.at().parent())
          && !state.at().name().startsWith(".")) {
        result = result.with(known.getKey(), listing(state, known.getValue()));
      }
    }
    return result;
  }

  private static RemotePath placeOf(RemotePath directory, Facts facts) {
    FileFact fact = new FileFact(directory);
    return facts.knows(fact) ? facts.get(fact).at() : directory;
  }

  private static Map<String, Content> listing(FileState state, Map<String, Content> before) {
    Map<String, Content> files = new LinkedHashMap<>(before);
    if (state instanceof FileState.Regular file) {
      files.put(state.at().name(), file.content().orElse(Content.of("")));
    } else {
      files.remove(state.at().name());
    }
    return files;
  }

  /**
   * Tells whether a fact may be another one once something below these paths is altered, apart from
   * the facts about files themselves.
   */
  static boolean reach(Set<RemotePath> altered, Fact<?> fact) {
    if (fact instanceof AccountFact) {
      return meet(altered, ACCOUNTS);
    }
    if (fact instanceof PackageFact || fact instanceof DebFact) {
      return meet(altered, APT_SOURCES) || meet(altered, PACKAGES);
    }
    return fact instanceof UnitFact && meet(altered, UNIT_DIRECTORIES);
  }

  private static boolean meet(Set<RemotePath> some, List<RemotePath> others) {
    return some.stream()
        .anyMatch(a -> others.stream().anyMatch(b -> a.isWithin(b) || b.isWithin(a)));
  }

  /** Only apt-get update tells what the sources hold from now on. */
  private static Facts packages(Facts facts) {
    Facts result = facts;
    for (Map.Entry<PackageFact, PackageState> known :
        facts.<PackageState, PackageFact>known(PackageFact.class).entrySet()) {
      if (known.getValue().installed().isEmpty()) {
        result =
            result.with(
                known.getKey(), new PackageState(Optional.empty(), Optional.empty(), false));
      }
    }
    return result;
  }

  private static Facts units(FileState state, Facts facts) {
    Facts result = facts;
    for (Map.Entry<UnitFact, UnitState> known :
        facts.<UnitState, UnitFact>known(UnitFact.class).entrySet()) {
      if (fileNameOf(known.getKey().unit()).equals(state.at().name())) {
        result = unit(known.getKey(), known.getValue(), state, result);
      }
    }
    return result;
  }

  /** An instance such as {@code getty@tty1.service} is described by {@code getty@.service}. */
  private static String fileNameOf(String unit) {
    return unit.replaceFirst("@[^@]*(\\.[a-z]+)$", "@$1");
  }

  private static Facts unit(UnitFact fact, UnitState now, FileState state, Facts facts) {
    Optional<String> text =
        state instanceof FileState.Regular file
            ? file.content().flatMap(Content::text)
            : Optional.empty();
    if (text.isEmpty()) {
      return facts.without(fact, state.at() + " is altered before");
    }
    return now.exists()
        ? facts
        : facts.with(
            fact,
            new UnitState(
                "loaded", "inactive", text.get().contains("[Install]") ? "disabled" : "static"));
  }
}
