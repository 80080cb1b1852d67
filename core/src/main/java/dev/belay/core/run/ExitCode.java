package dev.belay.core.run;

/** How the process ends; frozen, since scripts rely on it. */
public enum ExitCode {
  /** All is as wanted. */
  OK(0),
  /** A task failed; its host keeps the changes made before, with a journal. */
  FAILED(1),
  /** Check with {@code --detailed-exitcode}: changes are pending. */
  PENDING(2),
  /**
   * A health condition failed, and the whole run was rolled back, or the guarded block that it
   * belongs to; nothing of that remains.
   */
  ROLLED_BACK(3),
  /** A host could not be reached. */
  UNREACHABLE(4),
  /** Refused before anything was tried: drift, lock, preflight, or no consent. */
  REFUSED(5),
  /** The command line or the playbook is wrong. */
  USAGE(64),
  /** Interrupted by the user. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** Returns the number given to the operating system. */
  public int code() {
    return code;
  }

  /**
   * Returns the code of a run: a rollback that was forced comes before unreachable, that before
   * failed, that before refused, that before pending.
   *
   * @param detailed whether pending changes are told apart from none
   */
  public static ExitCode of(Recap recap, boolean detailed) {
    boolean asked = recap.kind() == RunEvent.Kind.ROLLBACK;
    ExitCode code = OK;
    for (Recap.Counts c : recap.hosts().values()) {
      code = worse(code, of(c, asked, detailed));
    }
    return code;
  }

  private static ExitCode of(Recap.Counts c, boolean rollbackAsked, boolean detailed) {
    boolean whole = c.rolledBack() > 0 && c.remaining() == 0 && c.unreachable() == 0;
    if (whole && !rollbackAsked) {
      return ROLLED_BACK;
    }
    if (c.unreachable() > 0) {
      return UNREACHABLE;
    }
    if (c.failed() > c.refused() || c.remaining() > 0) {
      return FAILED;
    }
    if (c.refused() > 0) {
      return REFUSED;
    }
    return detailed && c.wouldChange() + c.mayChange() > 0 ? PENDING : OK;
  }

  private static ExitCode worse(ExitCode a, ExitCode b) {
    return rank(a) >= rank(b) ? a : b;
  }

  private static int rank(ExitCode code) {
    return switch (code) {
      case OK -> 0;
      case PENDING -> 1;
      case REFUSED -> 2;
      case FAILED -> 3;
      case UNREACHABLE -> 4;
      case ROLLED_BACK -> 5;
      default -> 6;
    };
  }
}
