package dev.belay.core.journal;

import java.util.List;

/**
 * A journal as read from a host.
 *
 * @param run identifier of the run
 * @param state one of the words below
 * @param header what it says of its run
 * @param entries in the order in which the changes were begun
 */
public record Journal(String run, String state, JournalHeader header, List<JournalEntry> entries) {

  /** The state of a journal whose run goes on: its shell holds the lock and lives. */
  public static final String RUNNING = "running";

  /** The state of a journal whose run never ended: its controller died or was cut off. */
  public static final String UNFINISHED = "unfinished";

  /** The state after every change was made and confirmed. */
  public static final String APPLIED = "applied";

  /** The state after a task failed; the changes before it stay. */
  public static final String FAILED = "failed";

  /** The state while it is being rolled back, and after a rollback that was cut off. */
  public static final String ROLLING_BACK = "rolling-back";

  /** The state after all was undone. */
  public static final String ROLLED_BACK = "rolled-back";

  /** Copies the list. */
  public Journal {
    entries = List.copyOf(entries);
  }
}
