package dev.belay.core.journal;

/**
 * What a journal entry says of its change.
 *
 * @param play name of the play
 * @param task name of the task
 * @param summary what is done, in one line
 * @param undoneLast whether its undo waits until all else is undone
 * @param undoneByCommand whether its undo is a command of the author's, which may alter any path
 * @param whyNoUndo why it cannot be undone; empty when it can
 * @param secret whether the content it keeps must not be shown
 * @param awaitRestored shell text that waits for health once it is undone; empty for none
 */
public record JournalIntent(
    String play,
    String task,
    String summary,
    boolean undoneLast,
    boolean undoneByCommand,
    String whyNoUndo,
    boolean secret,
    String awaitRestored) {}
