package dev.belay.offenders.core.stray;

/** Lives in a package that the order does not name. */
public final class Placeless {}
