package dev.belay.offenders.core.internal;

/** For core only. */
public final class Private {}
