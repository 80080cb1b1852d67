package dev.belay.core.builtin.kube;

import dev.belay.core.builtin.file.Place;
import dev.belay.core.builtin.yaml.YamlKeys;
import dev.belay.core.change.Change;
import dev.belay.core.change.WriteFile;
import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.ProcessFact;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Health;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import dev.belay.core.yaml.YamlRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps flags, host path volumes and annotations of a static pod, in one rewrite of its manifest
 * that keeps every other byte, and waits until the new process runs with them.
 *
 * <p>Undo restores the manifest. Kubelet is never restarted. When the new process is not ready in
 * time the whole run is undone on this host. A host path of type File or Directory must be there,
 * or be made by an earlier task.
 *
 * @param manifest where, such as {@code /etc/kubernetes/manifests/kube-apiserver.yaml}
 * @param wish what the manifest shall hold
 * @param reloadedBy file that the program reads only at start, so that a change of it restarts the
 *     pod; empty for none
 * @param readiness how long the new process is waited for
 */
public record StaticPod(
    RemotePath manifest, ManifestWish wish, Optional<RemotePath> reloadedBy, Readiness readiness)
    implements ReversibleStep {

  /** The annotation that holds the digest of the file that a start reads. */
  public static final String DIGEST = "belay.dev/reloaded-by-sha256";

  /** Keeps nothing yet of the pod of one container. */
  public StaticPod(RemotePath manifest, String container) {
    this(manifest, ManifestWish.of(container), Optional.empty(), Readiness.USUAL);
  }

  /** Returns the step with one more flag, named without its dashes. */
  public StaticPod flag(String name, String value) {
    return with(wish.flag(name, value));
  }

  /** Returns the step with a flag, named without its dashes, that shall not be given. */
  public StaticPod noFlag(String name) {
    return with(wish.noFlag(name));
  }

  /** Returns the step with one more volume and its mount. */
  public StaticPod volume(HostPathVolume volume) {
    return with(wish.volume(volume));
  }

  /** Returns the step with one more annotation of the pod. */
  public StaticPod annotation(String key, String value) {
    return with(wish.annotation(key, value));
  }

  /**
   * Returns the step that restarts the pod also when only this file has changed: kubelet sees a new
   * digest of it among the annotations. Without it the API server would go on with the old policy.
   */
  public StaticPod reloadedBy(RemotePath file) {
    return new StaticPod(manifest, wish, Optional.of(file), readiness);
  }

  /** Returns the step with other waiting times. */
  public StaticPod ready(Readiness newReadiness) {
    return new StaticPod(manifest, wish, reloadedBy, newReadiness);
  }

  private StaticPod with(ManifestWish newWish) {
    return new StaticPod(manifest, newWish, reloadedBy, readiness);
  }

  @Override
  public String label() {
    return "staticPod[" + manifest.name() + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    List<Fact<?>> reads = new ArrayList<>(Place.reads(manifest));
    reads.add(new DirectoryFact(manifest.parent()));
    reads.add(ProcessFact.of(wish.container()));
    wish.volumes().forEach(volume -> reads.add(new FileFact(volume.hostPath())));
    reloadedBy.ifPresent(file -> reads.add(new FileFact(file)));
    return reads;
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    return Place.followUps(manifest, facts);
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    FileState.Regular file = YamlKeys.TextFile.of(manifest, label(), facts);
    Content content = file.content().orElseThrow();
    try {
      ManifestEdit.Result result = ManifestEdit.apply(content.bytes(), wanted(facts));
      wish.volumes().forEach(volume -> needHostPath(volume, facts));
      if (Content.of(result.bytes()).equals(content)) {
        return List.of();
      }
      Place.checkWritable(manifest, facts);
      return List.of(new WriteFile(file, Content.of(result.bytes()), file.attributes()));
    } catch (YamlRefused refused) {
      throw new StepRefusedException(
          label(), manifest + ": " + refused.getMessage(), refused.hint());
    }
  }

  @Override
  public List<String> warnings(Facts facts) {
    return StaticPodWarnings.of(this, facts);
  }

  @Override
  public Optional<Health> health(Facts facts) {
    FileState.Regular file = YamlKeys.TextFile.of(manifest, label(), facts);
    ManifestView before = ManifestView.of(file.content().orElseThrow().bytes(), wish.container());
    return Optional.of(
        new PodHealth(wish, before, facts.get(ProcessFact.of(wish.container())), readiness)
            .health());
  }

  ManifestWish wanted(Facts facts) {
    if (reloadedBy.isEmpty()) {
      return wish;
    }
    return facts.get(new FileFact(reloadedBy.get())) instanceof FileState.Regular file
        ? wish.annotation(DIGEST, file.sha256())
        : wish;
  }

  private void needHostPath(HostPathVolume volume, Facts facts) {
    FileState there = facts.get(new FileFact(volume.hostPath()));
    boolean fits =
        switch (volume.type()) {
          case FILE -> there instanceof FileState.Regular;
          case DIRECTORY -> there instanceof FileState.Directory;
          default -> true;
        };
    if (!fits) {
      throw new StepRefusedException(
          label() + " with volume " + volume.name(),
          volume.hostPath()
              + " is no "
              + volume.type().word().toLowerCase(java.util.Locale.ROOT)
              + " on the host, and no earlier task makes it; kubelet would not start the pod",
          "put the task that makes " + volume.hostPath() + " before this one");
    }
  }
}
