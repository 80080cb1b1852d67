package dev.belay.offenders.cli;

import java.util.logging.Logger;

/** Has a second way of saying things. */
final class Logs {
  final Logger log = Logger.getAnonymousLogger();
}
