/**
 * What OpenSSH's client configuration says about a host, read as OpenSSH reads it and without
 * connecting to anything. Start with {@link dev.belay.core.transport.sshconfig.SshConfig}.
 */
package dev.belay.core.transport.sshconfig;
