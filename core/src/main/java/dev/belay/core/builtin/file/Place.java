package dev.belay.core.builtin.file;

import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.UnknownFactException;
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

  private static final String CANNOT =
      " cannot be written: read-only file system, immutable, or no permission";

  private static final String CANNOT_ADVICE =
      "look at `mount` for a read-only file system and at `lsattr -d` for i, or use become";

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
   * Sees that a file can be written at the path, or the attributes of the one there be set, and
   * that either could be undone.
   *
   * @throws StepRefusedException when it cannot, as apply would find out too
   */
  public static void checkWritable(RemotePath path, Facts facts) {
    FileState there = facts.get(new FileFact(path));
    String wanted = "to write " + path;
    if (there instanceof FileState.Link link) {
      throw new StepRefusedException(
          wanted,
          path + " is a link that leads nowhere: to " + link.target(),
          "put the task that makes the directory it leads into before this one, or remove it");
    }
    if (there instanceof FileState.Directory || there instanceof FileState.Special) {
      throw new StepRefusedException(
          wanted, path + " is no regular file", "choose another path, or remove what is there");
    }
    if (there instanceof FileState.Regular file) {
      checkReplaceable(wanted, file, facts);
    }
    checkDirectory(wanted, home(path, facts));
  }

  /** Sees that an old file can be replaced, now by a new one and in an undo by a copy of itself. */
  private static void checkReplaceable(String wanted, FileState.Regular file, Facts facts) {
    if (file.links() > 1) {
      throw new StepRefusedException(
          wanted,
          file.at() + " has " + file.links() + " hard links; replacing it would part them",
          "end the hard links on purpose, for example by cp and mv, and run again");
    }
    checkFree(wanted, file, facts);
    Owners.checkMayGive(wanted, file.at(), file.attributes(), facts);
  }

  /** Sees that nothing but its directory keeps a file in its place. */
  static void checkFree(String wanted, FileState.Regular file, Facts facts) {
    if (file.hold() == FileState.Regular.Hold.MOUNT_POINT) {
      throw new StepRefusedException(
          wanted,
          file.at() + " is a mount point, as container engines make of some files",
          "change the file that is mounted there, or choose another path");
    }
    if (file.hold() == FileState.Regular.Hold.READ_ONLY
        && telling(file.attributes().mode(), facts)) {
      throw new StepRefusedException(wanted, file.at() + CANNOT, CANNOT_ADVICE);
    }
  }

  /** Tells whether it is not the mode that keeps the user from writing: root heeds none. */
  static boolean telling(Mode mode, Facts facts) {
    return facts.get(new UserFact()).root() || (mode.bits() & 0200) != 0;
  }

  /**
   * Returns what lies where a directory has to be, for something to be made at the path.
   *
   * @throws UnknownFactException when the path leads elsewhere by now and nobody has looked there
   */
  static FileState home(RemotePath path, Facts facts) {
    FileState parent = facts.get(new FileFact(path.parent()));
    RemotePath home = facts.get(new FileFact(path)).at().parent();
    if (parent.at().equals(home)) {
      return parent;
    }
    if (!facts.has(new FileFact(home))) {
      throw new UnknownFactException(home + " is not looked at before");
    }
    return facts.get(new FileFact(home));
  }

  /** Sees that something can be made in a directory. */
  static void checkDirectory(String wanted, FileState home) {
    if (home instanceof FileState.Directory directory) {
      if (!directory.writable()) {
        throw new StepRefusedException(wanted, home.at() + CANNOT, CANNOT_ADVICE);
      }
    } else if (home instanceof FileState.Absent) {
      throw new StepRefusedException(
          wanted,
          "directory " + home.at() + " does not exist",
          "put directory(\"" + home.at() + "\") before this task");
    } else {
      throw new StepRefusedException(
          wanted,
          home.at() + " is there and is no directory",
          "remove or move " + home.at() + ", or choose another path");
    }
  }

  /** Returns the attributes of a new file that somebody wants in this way. */
  static Attributes fresh(Ownership wish, Mode usual, Facts facts) {
    UserFact.User user = facts.get(new UserFact());
    return wish.over(new Attributes(usual, user.name(), user.group()));
  }
}
