/**
 * Commands, for what no other step can express. Start with {@link
 * dev.belay.core.builtin.command.Command}.
 */
package dev.belay.core.builtin.command;
