package dev.belay.core.change;

import dev.belay.core.fact.DirectoryFact;
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

/**
 * What else becomes different with a file: the listing of its directory, the packages that apt can
 * find, the units that systemd knows.
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
    Facts result = listing(state, after);
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

  private static Facts listing(FileState state, Facts facts) {
    DirectoryFact directory = new DirectoryFact(state.at().parent());
    String name = state.at().name();
    if (!facts.knows(directory) || name.startsWith(".")) {
      return facts;
    }
    Map<String, Content> files = new LinkedHashMap<>(facts.get(directory));
    if (state instanceof FileState.Regular file) {
      files.put(name, file.content().orElse(Content.of("")));
    } else {
      files.remove(name);
    }
    return facts.with(directory, files);
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
