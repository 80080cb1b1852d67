package dev.belay.offenders.core.run;

import dev.belay.offenders.cli.OpenDoor;

/** Core knows the command. */
final class KnowsTheCommand {
  final OpenDoor door = new OpenDoor();
}
