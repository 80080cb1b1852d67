/**
 * The {@code belay} command and the entry for a user's own {@code main}. Start with {@link
 * dev.belay.cli.Belay}.
 */
package dev.belay.cli;
