/**
 * Debian packages and the repositories they come from. Start with {@link
 * dev.belay.core.builtin.pkg.Packages}.
 */
package dev.belay.core.builtin.pkg;
