package dev.belay.offenders.cli;

import net.schmizz.sshj.SSHClient;

/** A second user of the SSH library. */
final class SpeaksSsh {
  SSHClient client;
}
