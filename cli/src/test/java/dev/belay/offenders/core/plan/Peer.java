package dev.belay.offenders.core.plan;

/** What is looked at from aside. */
public final class Peer {}
