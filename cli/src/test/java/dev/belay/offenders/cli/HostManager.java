package dev.belay.offenders.cli;

/** Nobody knows what it does. */
final class HostManager {}
