package dev.belay.core.builtin.kube;

import dev.belay.core.builtin.kube.ManifestView.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Judges what a manifest says, by what goes wrong in practice. */
final class ManifestWarnings {
  private static final String POLICY = "audit-policy-file";
  private static final String LOG = "audit-log-path";
  private static final String STDOUT = "-";

  private ManifestWarnings() {}

  static List<String> of(ManifestView view) {
    List<String> warnings = new ArrayList<>();
    exports(view, warnings::add);
    pair(view, warnings::add);
    view.flag(POLICY).ifPresent(path -> policy(view, path, warnings::add));
    view.flag(LOG)
        .filter(path -> !path.equals(STDOUT) && !path.isEmpty())
        .ifPresent(path -> log(view, path, warnings::add));
    return List.copyOf(warnings);
  }

  /** With metadata.uid in the file kubelet no longer tells versions of it apart by their hash. */
  private static void exports(ManifestView view, Consumer<String> warn) {
    if (!view.exportMarks().isEmpty()) {
      warn.accept(
          "the manifest looks exported from the API server ("
              + String.join(", ", view.exportMarks())
              + "); with metadata.uid in it kubelet may not notice changes: remove these fields");
    }
  }

  /** Either flag without the other audits nothing, and nothing says so. */
  private static void pair(ManifestView view, Consumer<String> warn) {
    boolean policy = view.flag(POLICY).isPresent();
    boolean log = view.flag(LOG).isPresent() || view.flag("audit-webhook-config-file").isPresent();
    if (policy && !log) {
      warn.accept("--" + POLICY + " is set without --" + LOG + ": no event is written");
    }
    if (view.flag(LOG).isPresent() && !policy) {
      warn.accept("--" + LOG + " is set without --" + POLICY + ": no event is written");
    }
  }

  private static void policy(ManifestView view, String path, Consumer<String> warn) {
    if (view.mountCovering(path).isEmpty()) {
      warn.accept("no mount covers --" + POLICY + "=" + path + ": the container cannot read it");
    }
  }

  private static void log(ManifestView view, String path, Consumer<String> warn) {
    String flag = "--" + LOG + "=" + path;
    Optional<Mount> mount = view.mountCovering(path);
    if (mount.isEmpty()) {
      warn.accept("no mount covers " + flag + ": the log stays inside the container");
    } else if (mount.get().readOnly()) {
      warn.accept(flag + " lies in the read-only mount " + mount.get().mountPath());
    } else if (mount.get().mountPath().equals(PodNodes.absolute(path))) {
      warn.accept(flag + " is mounted as a single file: it cannot be rotated; mount its directory");
    }
  }
}
