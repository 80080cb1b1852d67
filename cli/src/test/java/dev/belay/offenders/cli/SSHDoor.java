package dev.belay.offenders.cli;

/** Its name must be deciphered. */
final class SSHDoor {}
