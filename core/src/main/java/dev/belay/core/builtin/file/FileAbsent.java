package dev.belay.core.builtin.file;

import dev.belay.core.change.Change;
import dev.belay.core.change.RemoveFile;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.UserFact;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.util.List;

/**
 * Keeps a path free of a regular file or symbolic link.
 *
 * <p>Undo puts the file back with content, mode, owners and times. A link is removed, never what it
 * names. Does not remove directories, devices, or a file with several hard links.
 *
 * @param path where nothing shall be
 */
public record FileAbsent(RemotePath path) implements ReversibleStep {

  private static final String WANTED = "no file at ";

  @Override
  public String label() {
    return "file[" + path + "] absent";
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of(new FileFact(path, false), new FileFact(path.parent()), new UserFact());
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    FileState there = facts.get(new FileFact(path, false));
    if (there instanceof FileState.Absent) {
      return List.of();
    }
    if (there instanceof FileState.Directory || there instanceof FileState.Special) {
      throw refuse("it is a directory or device");
    }
    if (there instanceof FileState.Regular file) {
      checkRemovable(file, facts);
    }
    Place.checkDirectory(WANTED + path, facts.get(new FileFact(path.parent())));
    return List.of(new RemoveFile(there));
  }

  private void checkRemovable(FileState.Regular file, Facts facts) {
    if (file.links() > 1) {
      throw refuse("it has " + file.links() + " hard links, which an undo could not join again");
    }
    Place.checkFree(WANTED + path, file, facts);
    Owners.checkMayGive(WANTED + path, path, file.attributes(), facts);
  }

  private StepRefusedException refuse(String got) {
    return new StepRefusedException(
        WANTED + path, got, "remove it on purpose, or choose another path");
  }
}
