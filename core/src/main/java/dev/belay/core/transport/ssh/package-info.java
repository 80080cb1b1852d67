/**
 * The transport over SSH, and the only package that uses sshj. Start with {@link
 * dev.belay.core.transport.ssh.SshConnection}, which checks the host's key, logs in by public key
 * and starts resident shells.
 */
package dev.belay.core.transport.ssh;
