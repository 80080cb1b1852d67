package dev.belay.offenders.cli;

import dev.belay.offenders.core.internal.Private;

/** The command knows what is internal to core. */
final class UsesInternals {
  final Private secret = new Private();
}
