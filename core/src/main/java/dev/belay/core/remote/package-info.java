/**
 * Words about a machine: paths, modes, owners, content, secrets, shell quoting. Plain values
 * without I/O; start with {@link dev.belay.core.remote.RemotePath}.
 */
package dev.belay.core.remote;
