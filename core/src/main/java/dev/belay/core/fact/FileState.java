package dev.belay.core.fact;

import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import java.util.Optional;

/** What lies at a path of a host. */
public sealed interface FileState {

  /** Returns the path with every symbolic link resolved that was followed. */
  RemotePath at();

  /**
   * Returns one line that is equal for equal states, the same that {@code b_sig} in {@code
   * prelude.sh} prints; modification times are not part of it.
   */
  String signature();

  /**
   * Nothing is there.
   *
   * @param at where it would be
   */
  record Absent(RemotePath at) implements FileState {
    /** The signature of nothing. */
    public static final String SIGNATURE = "-";

    @Override
    public String signature() {
      return SIGNATURE;
    }
  }

  /**
   * A regular file.
   *
   * @param at the file itself, links resolved
   * @param attributes mode and owners
   * @param size bytes
   * @param sha256 digest of the content in hex
   * @param content the bytes; empty when the file is larger than {@link FileFact#CONTENT_LIMIT}
   * @param links number of hard links
   * @param hold what may keep it from being replaced
   */
  record Regular(
      RemotePath at,
      Attributes attributes,
      long size,
      String sha256,
      Optional<Content> content,
      int links,
      Hold hold)
      implements FileState {

    /** What may keep a file from being replaced, apart from its directory. */
    public enum Hold {
      /** Nothing. */
      NONE,
      /**
       * The user of the shell cannot write it; for root that means that it is immutable, see
       * chattr(1), or on a read-only file system.
       */
      READ_ONLY,
      /** It is a mount point, as container engines make of /etc/hosts: no rename gets over it. */
      MOUNT_POINT
    }

    /** Makes the state of a file that nothing holds. */
    public Regular(
        RemotePath at,
        Attributes attributes,
        long size,
        String sha256,
        Optional<Content> content,
        int links) {
      this(at, attributes, size, sha256, content, links, Hold.NONE);
    }

    /** Returns the state of a file that is planned, with one link. */
    public static Regular planned(RemotePath at, Attributes attributes, Content content) {
      return new Regular(at, attributes, content.size(), content.sha256(), Optional.of(content), 1);
    }

    @Override
    public String signature() {
      return "f " + sign(attributes) + " " + sha256;
    }
  }

  /**
   * A directory.
   *
   * @param at the directory itself, links resolved
   * @param attributes mode and owners
   * @param writable whether the user of the shell can make files in it; false for root on a
   *     read-only file system, or when it is immutable, see chattr(1)
   */
  record Directory(RemotePath at, Attributes attributes, boolean writable) implements FileState {
    @Override
    public String signature() {
      return "d " + sign(attributes);
    }
  }

  /**
   * A symbolic link that was not followed, or that leads nowhere: into a directory that does not
   * exist, or back to itself.
   *
   * @param at the link itself
   * @param target what it names
   */
  record Link(RemotePath at, String target) implements FileState {
    @Override
    public String signature() {
      return "l " + target;
    }
  }

  /**
   * A device, socket or pipe, which no step changes.
   *
   * @param at where it is
   */
  record Special(RemotePath at) implements FileState {
    @Override
    public String signature() {
      return "o";
    }
  }

  private static String sign(Attributes attributes) {
    return Integer.toOctalString(attributes.mode().bits())
        + " "
        + attributes.owner()
        + " "
        + attributes.group();
  }
}
