package dev.belay.core.remote;

/**
 * The attributes that a file or directory has.
 *
 * @param mode permission bits
 * @param owner user name, or the number where the host knows no name
 * @param group group name, or the number where the host knows no name
 */
public record Attributes(Mode mode, String owner, String group) {

  /** Returns mode, owner and group as {@code 0600 root:root}. */
  @Override
  public String toString() {
    return mode + " " + owner + ":" + group;
  }
}
