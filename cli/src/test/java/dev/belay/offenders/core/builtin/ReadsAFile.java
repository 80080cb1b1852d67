package dev.belay.offenders.core.builtin;

import java.nio.file.Files;
import java.nio.file.Path;

/** Decides by a file of the machine it happens to run on. */
final class ReadsAFile {
  boolean decides() {
    return Files.exists(Path.of("/etc/motd"));
  }
}
