package dev.belay.core.builtin.pkg;

import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.change.Change;
import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a repository in apt's sources, with its key: {@code /etc/apt/sources.list.d/NAME.list} and
 * {@code /etc/apt/keyrings/NAME.asc}. The key is trusted for this repository only.
 *
 * <p>Undo restores both files, or removes them. Does not refresh apt's lists; a later package step
 * does, since apt's sources are then newer than its lists.
 *
 * @param name name of the files
 * @param source where the repository is
 * @param signing how apt knows that its packages are genuine
 */
public record AptRepository(String name, AptSource source, Signing signing)
    implements ReversibleStep {

  private static final RemotePath SOURCES = RemotePath.of("/etc/apt/sources.list.d");
  private static final RemotePath OLD_SOURCES = RemotePath.of("/etc/apt/sources.list");
  private static final RemotePath KEYRINGS = RemotePath.of("/etc/apt/keyrings");

  /** Checks that only a repository of the host itself goes unsigned. */
  public AptRepository {
    name = new RepositoryName(name).name();
    if (signing instanceof Signing.None
        && !source.uri().matches("file:.*|https?://(127\\.[0-9.]+|localhost|\\[::1])([:/].*)?")) {
      throw new IllegalArgumentException(
          "repository "
              + name
              + " comes over the network and needs a key: whoever stands between could install"
              + " anything");
    }
  }

  @Override
  public String label() {
    return "aptRepository[" + name + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    Set<Fact<?>> reads = new LinkedHashSet<>(list().reads());
    keyFile().ifPresent(file -> reads.addAll(file.reads()));
    keyDirectory().ifPresent(directory -> reads.addAll(directory.reads()));
    if (signing instanceof Signing.Keyring keyring) {
      reads.add(new FileFact(keyring.path()));
    }
    reads.add(new DirectoryFact(SOURCES));
    reads.add(new FileFact(OLD_SOURCES));
    return List.copyOf(reads);
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    List<Fact<?>> more = new ArrayList<>(list().followUps(facts));
    keyFile().ifPresent(file -> more.addAll(file.followUps(facts)));
    return more;
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    checkAlone(facts);
    checkKeyring(facts);
    List<ReversibleStep> parts = new ArrayList<>();
    keyDirectory().ifPresent(parts::add);
    keyFile().ifPresent(parts::add);
    parts.add(list());
    List<Change.Reversible> changes = new ArrayList<>();
    Facts now = facts;
    for (ReversibleStep part : parts) {
      for (Change.Reversible change : part.plan(now)) {
        changes.add(change);
        now = change.effect(now);
      }
    }
    return changes;
  }

  @Override
  public List<String> warnings(Facts facts) {
    return signing instanceof Signing.None
        ? List.of("repository " + name + " is not signed: what it holds is installed unchecked")
        : List.of();
  }

  private FilePresent list() {
    return new FilePresent(SOURCES.resolve(name + ".list"))
        .content(source.line(options()) + "\n")
        .mode("0644");
  }

  private String options() {
    if (signing instanceof Signing.Keyring keyring) {
      return "signed-by=" + keyring.path();
    }
    return signing instanceof ArchiveKey key ? "signed-by=" + keyPath(key) : "trusted=yes";
  }

  private RemotePath keyPath(ArchiveKey key) {
    return KEYRINGS.resolve(name + "." + key.suffix());
  }

  private Optional<FilePresent> keyFile() {
    return signing instanceof ArchiveKey key
        ? Optional.of(new FilePresent(keyPath(key)).content(key.content()).mode("0644"))
        : Optional.empty();
  }

  /** Debian 11 and older have no such directory. */
  private Optional<DirectoryPresent> keyDirectory() {
    return signing instanceof ArchiveKey
        ? Optional.of(new DirectoryPresent(KEYRINGS))
        : Optional.empty();
  }

  /** Two entries for one suite with different keys make apt refuse all sources. */
  private void checkAlone(Facts facts) {
    Set<RemotePath> others = new LinkedHashSet<>();
    facts
        .get(new DirectoryFact(SOURCES))
        .forEach(
            (file, content) -> {
              if (!file.equals(name + ".list") && SourceLists.name(file, content, source)) {
                others.add(SOURCES.resolve(file));
              }
            });
    if (facts.get(new FileFact(OLD_SOURCES)) instanceof FileState.Regular file
        && file.content().isPresent()
        && SourceLists.name(OLD_SOURCES.name(), file.content().get(), source)) {
      others.add(OLD_SOURCES);
    }
    for (RemotePath other : others) {
      throw new StepRefusedException(
          label(),
          other + " names " + source.uri() + " " + source.suite() + " already",
          "remove that entry, or give this repository the name of that file; with two entries apt"
              + " refuses all its sources when their keys differ");
    }
  }

  private void checkKeyring(Facts facts) {
    if (signing instanceof Signing.Keyring keyring
        && facts.get(new FileFact(keyring.path())) instanceof FileState.Absent) {
      throw new StepRefusedException(
          label(),
          "there is no key at " + keyring.path(),
          "write the key file before this task, or give the key itself with signedBy(..)");
    }
  }
}
