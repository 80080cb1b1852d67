package dev.belay.core.remote;

/**
 * The permission bits of a file, as {@code chmod} takes them in octal.
 *
 * @param bits 0 to 07777
 */
public record Mode(int bits) {

  /** Owner may read and write: 0600. */
  public static final Mode OWNER_ONLY = new Mode(0600);

  /** Owner may do all: 0700. */
  public static final Mode OWNER_DIRECTORY = new Mode(0700);

  /** Owner may write, all may read: 0644. */
  public static final Mode READABLE = new Mode(0644);

  /** Owner may write, all may read and enter: 0755. */
  public static final Mode ENTERABLE = new Mode(0755);

  /** Checks the range. */
  public Mode {
    if (bits < 0 || bits > 07777) {
      throw new IllegalArgumentException("a mode lies between 0 and 7777 octal, got " + bits);
    }
  }

  /**
   * Reads a mode from its octal digits.
   *
   * @param octal three or four octal digits such as {@code 0600}
   * @throws IllegalArgumentException for anything else, such as {@code u=rw}
   */
  public static Mode of(String octal) {
    if (!octal.matches("[0-7]{3,4}")) {
      throw new IllegalArgumentException(
          "a mode is three or four octal digits such as \"0600\", got \"" + octal + "\"");
    }
    return new Mode(Integer.parseInt(octal, 8));
  }

  /** Returns four octal digits, such as {@code 0600}. */
  @Override
  public String toString() {
    return String.format("%04o", bits);
  }
}
