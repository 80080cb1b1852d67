package dev.belay.core.builtin.pkg;

import dev.belay.core.change.PackageContents;
import dev.belay.core.fact.DebFact;
import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.remote.RemotePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What packages that are not installed yet will bring to the places that a playbook asks about. */
final class DebContents {

  private DebContents() {}

  /** Returns what to ask about the packages: every free place that some task has asked about. */
  static List<Fact<?>> questions(List<String> names, Facts facts) {
    List<RemotePath> places = places(facts);
    return places.isEmpty()
        ? List.of()
        : names.stream()
            .filter(name -> !covered(name, facts).containsAll(places))
            .<Fact<?>>map(name -> new DebFact(name, places))
            .toList();
  }

  /** Returns what can be said when newer packages may turn up before they are installed. */
  static PackageContents refreshed(List<String> names) {
    return PackageContents.unknown(
        "it may come with package "
            + String.join(" or ", names)
            + "; apt's lists are refreshed before, so the version is not known yet");
  }

  /** Returns what the answers say together: a place is known when one package or none has it. */
  static PackageContents of(List<String> names, Facts facts) {
    Map<RemotePath, FileState> seen = new HashMap<>();
    Set<RemotePath> everywhere = new HashSet<>(places(facts));
    for (String name : names) {
      answers(name, facts).forEach(answer -> answer.forEach(seen::putIfAbsent));
      everywhere.retainAll(covered(name, facts));
    }
    everywhere.forEach(path -> seen.putIfAbsent(path, new FileState.Absent(path)));
    String unseen =
        Stream.concat(
                Stream.of("it may come with package " + String.join(" or ", names)),
                names.stream().map(name -> failure(name, facts)).flatMap(Optional::stream))
            .collect(Collectors.joining("; "));
    return new PackageContents(seen, unseen);
  }

  private static List<RemotePath> places(Facts facts) {
    Stream<RemotePath> free =
        facts.<FileState, FileFact>known(FileFact.class).values().stream()
            .filter(FileState.Absent.class::isInstance)
            .map(FileState::at);
    Stream<RemotePath> listed = facts.asked(DirectoryFact.class).stream().map(DirectoryFact::path);
    return Stream.concat(free, listed).distinct().sorted().toList();
  }

  private static List<DebFact> asked(String name, Facts facts) {
    return facts.asked(DebFact.class).stream().filter(fact -> fact.name().equals(name)).toList();
  }

  private static List<Map<RemotePath, FileState>> answers(String name, Facts facts) {
    return asked(name, facts).stream().filter(facts::knows).map(facts::get).toList();
  }

  private static Set<RemotePath> covered(String name, Facts facts) {
    return asked(name, facts).stream()
        .filter(facts::knows)
        .flatMap(fact -> fact.paths().stream())
        .collect(Collectors.toSet());
  }

  private static Optional<String> failure(String name, Facts facts) {
    for (DebFact fact : asked(name, facts)) {
      try {
        facts.get(fact);
      } catch (UnknownFactException unknown) {
        return Optional.of(unknown.getMessage());
      }
    }
    return Optional.empty();
  }
}
