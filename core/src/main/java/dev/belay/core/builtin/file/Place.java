package dev.belay.core.builtin.file;

import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.UserFact;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.Ownership;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.StepRefusedException;
import java.util.List;

/**
 * What must be true of a place before a file can be written there; shared by all steps that write
 * one file.
 */
public final class Place {

  private Place() {}

  /** Returns the facts to read before writing a file at the path. */
  public static List<Fact<?>> reads(RemotePath path) {
    return List.of(new FileFact(path), new FileFact(path.parent()), new UserFact());
  }

  /** Returns the further facts needed when the path is a link that leads elsewhere. */
  public static List<Fact<?>> followUps(RemotePath path, Facts facts) {
    FileFact fact = new FileFact(path);
    if (!facts.knows(fact) || !facts.knows(new FileFact(path.parent()))) {
      return List.of();
    }
    RemotePath home = facts.get(fact).at().parent();
    boolean same = facts.get(new FileFact(path.parent())).at().equals(home);
    return same ? List.of() : List.of(new FileFact(home));
  }

  /**
   * Sees that a file can be written at the path.
   *
   * @throws StepRefusedException when it cannot, as apply would find out too
   */
  public static void checkWritable(RemotePath path, Facts facts) {
    FileState there = facts.get(new FileFact(path));
    String wanted = "to write " + path;
    if (there instanceof FileState.Directory || there instanceof FileState.Special) {
      throw new StepRefusedException(
          wanted, path + " is no regular file", "choose another path, or remove what is there");
    }
    if (there instanceof FileState.Regular file && file.links() > 1) {
      throw new StepRefusedException(
          wanted,
          path + " has " + file.links() + " hard links; replacing it would part them",
          "end the hard links on purpose, for example by cp and mv, and run again");
    }
    checkDirectory(wanted, path, there.at().parent(), facts);
  }

  private static void checkDirectory(String wanted, RemotePath path, RemotePath home, Facts facts) {
    FileFact parent = new FileFact(path.parent());
    FileState directory =
        facts.get(parent).at().equals(home) || !facts.has(new FileFact(home))
            ? facts.get(parent)
            : facts.get(new FileFact(home));
    if (directory instanceof FileState.Directory usable) {
      if (!usable.writable()) {
        throw new StepRefusedException(
            wanted,
            home + " cannot be written: read-only file system or no permission",
            "look at `mount` for a read-only file system, or use become");
      }
    } else {
      throw new StepRefusedException(
          wanted,
          "directory " + home + " does not exist",
          "put directory(\"" + home + "\") before this task");
    }
  }

  /** Returns the attributes of a new file that somebody wants in this way. */
  public static Attributes fresh(Ownership wish, Mode usual, Facts facts) {
    UserFact.User user = facts.get(new UserFact());
    return wish.over(new Attributes(usual, user.name(), user.group()));
  }
}
