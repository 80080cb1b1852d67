package dev.belay.offenders.cli;

import org.apache.sshd.server.SshServer;

/** The server for tests, in what is no test. */
final class ServesSsh {
  SshServer server;
}
