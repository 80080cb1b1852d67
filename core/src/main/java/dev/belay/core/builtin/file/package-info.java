/** Files and directories. Start with {@link dev.belay.core.builtin.file.FilePresent}. */
package dev.belay.core.builtin.file;
