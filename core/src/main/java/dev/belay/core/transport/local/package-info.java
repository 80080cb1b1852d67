/**
 * The transport to this machine itself, without SSH. Start with {@link
 * dev.belay.core.transport.local.LocalConnection}.
 */
package dev.belay.core.transport.local;
