package dev.belay.offenders.cli;

/** Anybody may extend it. */
public class OpenDoor {}
