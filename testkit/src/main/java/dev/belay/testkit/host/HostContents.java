package dev.belay.testkit.host;

import java.io.IOException;
import java.util.List;

/** What is put into a host's tree before anyone may log in. */
final class HostContents {

  private HostContents() {}

  static void write(HostFiles files, EmbeddedHost.Options options) throws IOException {
    writeSystemd(files, options.systemd());
    AptRepository.write(files, options.falcoRepository(), options.aptListsFresh());
    if (options.kubernetes()) {
      KubernetesTree.write(files, options.node());
    }
  }

  /** The machine's own programs would ask a systemd that is not there. */
  private static void writeSystemd(HostFiles files, boolean standIn) throws IOException {
    for (var name : List.of("systemctl", "journalctl", "systemd-run")) {
      files.remove("/usr/bin/" + name);
    }
    if (standIn) {
      files.write("/usr/bin/systemctl", Scratch.resource("systemctl.pl"), "rwxr-xr-x");
      files.write("/usr/bin/journalctl", Scratch.resource("journalctl.sh"), "rwxr-xr-x");
      files.directory("/run/systemd/system");
      files.directory("/run/belay-standin/journal");
    }
  }

  /** Returns the script that starts what a booted host would run. */
  static String bootScript(EmbeddedHost.Options options) {
    return options.systemd() && options.kubernetes()
        ? "systemctl --quiet enable --now kubelet.service"
        : ":";
  }
}
