package dev.belay.core.run;

import dev.belay.core.journal.JournalHeader;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.transport.ResidentShell;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.ShellProcess;
import dev.belay.core.transport.UnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the engine against a shell of this machine; only a directory of the test is changed. */
final class LocalHost {

  private final Path state;
  final List<RunEvent> events = new ArrayList<>();
  private int runs;

  /** The journal goes below {@code state}, as it does for a user who is not root. */
  LocalHost(Path state) {
    this.state = state;
  }

  Shell shell() {
    return ResidentShell.start(
        "local", command -> launch(command), Optional.empty(), JournalScript.functions() + home());
  }

  private String home() {
    return "b_home() { B_HOME=" + dev.belay.core.remote.Sh.quote(state.toString()) + "; }\n";
  }

  String nextRun() {
    return "2026-test-" + ++runs;
  }

  HostRun run(Shell shell, String run) {
    JournalHeader header = new JournalHeader("test", "me@here", "2026-11-22T00:00:00Z", "");
    LastingShell lasting =
        new LastingShell(
            shell,
            () -> {
              throw new UnreachableException("no way back", "do nothing", null);
            },
            Duration.ZERO,
            () -> {});
    return new HostRun(
        new HostStory("local", "test", events::add), lasting, new Ledger(run, header));
  }

  private static ShellProcess launch(String command) {
    try {
      return new LocalProcess(new ProcessBuilder("/bin/sh", "-c", command).start());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private record LocalProcess(Process process) implements ShellProcess {
    @Override
    public OutputStream input() {
      return process.getOutputStream();
    }

    @Override
    public InputStream output() {
      return process.getInputStream();
    }

    @Override
    public InputStream errors() {
      return process.getErrorStream();
    }

    @Override
    public String ending() {
      return "";
    }

    @Override
    public void close() {
      try {
        process.getOutputStream().close();
      } catch (IOException alreadyClosed) {
        // nothing more to end
      }
    }

    @Override
    public void destroy() {
      process.destroyForcibly();
    }
  }
}
