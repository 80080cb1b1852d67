package dev.belay.core.transport.local;

import dev.belay.core.transport.Become;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.ResidentShell;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.ShellProcess;
import dev.belay.core.transport.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** This machine, as the user of this process. Its shells are child processes. */
public final class LocalConnection implements Connection {

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final String name;
  private final List<LocalProcess> processes = new ArrayList<>();

  private LocalConnection(String name) {
    this.name = name;
  }

  /**
   * Returns a connection; nothing can fail before its first shell.
   *
   * @param name the host's name in the inventory, for messages
   */
  public static LocalConnection open(String name) {
    return new LocalConnection(name);
  }

  /** Starts a resident shell. Becoming the user of this process itself needs no sudo. */
  @Override
  public Shell shell(Optional<Become> become, String functions) {
    String own = System.getProperty("user.name");
    return ResidentShell.start(
        name, this::launch, become.filter(b -> !b.user().equals(own)), functions);
  }

  private ShellProcess launch(String command) {
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", command));
    if (Files.isExecutable(SETSID)) {
      // A session of its own, so that Ctrl-C at our terminal is for us alone to act on.
      words.add(0, SETSID.toString());
    }
    try {
      LocalProcess process = new LocalProcess(new ProcessBuilder(words).start());
      synchronized (processes) {
        processes.add(process);
      }
      return process;
    } catch (IOException e) {
      throw new UnreachableException(
          name + " (this machine): no shell can be started: " + e.getMessage(),
          "Look at the limits of processes and files here: ulimit -a",
          e);
    }
  }

  @Override
  public void close() {
    synchronized (processes) {
      processes.forEach(LocalProcess::close);
    }
  }
}
