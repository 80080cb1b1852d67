package dev.belay.core.builtin.file;

import dev.belay.core.change.Change;
import dev.belay.core.change.SetAttributes;
import dev.belay.core.change.WriteFile;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.Ownership;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Secret;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a regular file at a content, a mode and owners; what is not given stays as it is.
 *
 * <p>Undo restores content, mode, owners and times, or removes the file if there was none. A
 * symbolic link is followed and stays. Does not make the directory; a file with several hard links
 * is refused. A new file has mode 0644 unless given.
 *
 * @param path where
 * @param content the bytes; empty when only the attributes matter
 * @param wish mode and owners
 */
public record FilePresent(RemotePath path, Optional<Content> content, Ownership wish)
    implements ReversibleStep {

  /** Keeps a file whose content and attributes are not yet said. */
  public FilePresent(RemotePath path) {
    this(path, Optional.empty(), Ownership.ANY);
  }

  /** Returns the step with this content. */
  public FilePresent content(Content newContent) {
    return new FilePresent(path, Optional.of(newContent), wish);
  }

  /** Returns the step with this text as content, in UTF-8. */
  public FilePresent content(String text) {
    return content(Content.of(text));
  }

  /** Returns the step with this secret as content, never shown; a new file gets mode 0600. */
  public FilePresent content(Secret secret) {
    return content(Content.of(secret));
  }

  /** Returns the step with this mode, such as {@code "0600"}. */
  public FilePresent mode(String octal) {
    return new FilePresent(path, content, wish.withMode(Mode.of(octal)));
  }

  /** Returns the step with this owner. */
  public FilePresent owner(String user) {
    return new FilePresent(path, content, wish.withOwner(user));
  }

  /** Returns the step with this group. */
  public FilePresent group(String group) {
    return new FilePresent(path, content, wish.withGroup(group));
  }

  /** Returns the step that keeps nothing at this path. */
  public FileAbsent absent() {
    if (content.isPresent() || !wish.equals(Ownership.ANY)) {
      throw new IllegalArgumentException(
          "file(\"" + path + "\") cannot have content or attributes and be absent");
    }
    return new FileAbsent(path);
  }

  @Override
  public String label() {
    return "file[" + path + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    List<Fact<?>> reads = new ArrayList<>(Place.reads(path));
    reads.addAll(Owners.reads(wish));
    return reads;
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    return Place.followUps(path, facts);
  }

  @Override
  public List<String> lint() {
    List<String> said = new ArrayList<>();
    boolean secret = content.filter(Content::secret).isPresent();
    if (secret && wish.mode().map(mode -> (mode.bits() & 04) != 0).orElse(true)) {
      said.add("it holds a secret that everybody on the host may read; say mode(\"0600\")");
    }
    if (wish.mode().filter(mode -> (mode.bits() & 02) != 0).isPresent()) {
      said.add("everybody on the host may write it: mode " + wish.mode().get());
    }
    return said;
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    FileState there = facts.get(new FileFact(path));
    Ownership known = Owners.known(wish, label(), facts);
    if (there instanceof FileState.Regular file) {
      Attributes wanted = known.over(file.attributes());
      boolean same = content.map(c -> same(c, file)).orElse(true);
      if (same && wanted.equals(file.attributes())) {
        return List.of();
      }
      checkPossible(wanted, facts);
      return List.of(
          same
              ? new SetAttributes(isSecret() ? hidden(file) : file, wanted)
              : new WriteFile(file, content.orElseThrow(), wanted));
    }
    Mode fresh = isSecret() ? Mode.OWNER_ONLY : Mode.READABLE;
    Attributes wanted = Place.fresh(known, fresh, facts);
    checkPossible(wanted, facts);
    return List.of(new WriteFile(there, content.orElseThrow(this::noFile), wanted));
  }

  private boolean isSecret() {
    return content.map(Content::secret).orElse(false);
  }

  private static FileState hidden(FileState.Regular file) {
    return new FileState.Regular(
        file.at(),
        file.attributes(),
        file.size(),
        file.sha256(),
        file.content().map(Content::asSecret),
        file.links(),
        file.hold());
  }

  private void checkPossible(Attributes wanted, Facts facts) {
    Place.checkWritable(path, facts);
    Owners.checkMayGive(label(), path, wanted, facts);
  }

  private StepRefusedException noFile() {
    return new StepRefusedException(
        "attributes of " + path, "there is no such file", "give it a content(..)");
  }

  private static boolean same(Content wanted, FileState.Regular file) {
    return wanted.size() == file.size() && wanted.sha256().equals(file.sha256());
  }
}
