/**
 * What can be done to a host, as data: printed, journalled before it runs, undone, and rendered as
 * shell text. Start with {@link dev.belay.core.change.Change}.
 */
package dev.belay.core.change;
