package dev.belay.core.builtin.kube;

import dev.belay.core.yaml.YamlNode;
import dev.belay.core.yaml.YamlPath;
import dev.belay.core.yaml.YamlRefused;
import dev.belay.core.yaml.YamlScalar;
import dev.belay.core.yaml.YamlText;
import dev.belay.core.yaml.YamlValue;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Edits a static pod manifest so that it fulfils a wish, and leaves every other byte alone. */
public final class ManifestEdit {
  private static final String ANNOTATIONS = "annotations";

  private ManifestEdit() {}

  /**
   * Returns {@code manifest} with what the wish names.
   *
   * <p>A flag with another value is replaced where it stands; a missing one goes below the last
   * flag. Volumes, mounts and annotations are added at the end of their lists, which are made where
   * they are missing; of those that exist with other data only the differing values change. Writes
   * no file and does not look at the host.
   *
   * @throws YamlRefused when the manifest cannot be edited safely (a shell string as command,
   *     anchors, several documents, several candidate containers, JSON), kubelet would not run it
   *     (a volume without a name, a mountPath used twice), or the wish clashes with it
   */
  public static Result apply(byte[] manifest, ManifestWish wish) {
    ManifestDraft draft = new ManifestDraft(YamlText.parse(manifest));
    YamlNode root = draft.text().root();
    PodNodes.needPod(root);
    YamlPath container = PodNodes.container(root, wish.container());
    Set<String> volumes =
        wish.volumes().stream().map(HostPathVolume::name).collect(Collectors.toSet());
    PodNodes.checkVolumes(root, container, volumes);
    YamlNode node = root.at(container).orElseThrow();
    CommandLine.of(node, wish.container()).refuseShell(node);
    FlagEdit flags = new FlagEdit(draft, container, wish.container());
    wish.flagsAbsent().forEach(flags::wantAbsent);
    wish.flags().forEach(flags::want);
    wish.volumes().forEach(volume -> new VolumeEdit(draft, container, volume).want());
    wish.annotations().forEach((key, value) -> annotate(draft, key, value));
    boolean same = draft.changes().isEmpty();
    return new Result(same ? manifest.clone() : draft.text().bytes(), draft.changes());
  }

  /**
   * Returns what in the manifest deserves a warning though it can be edited; see {@link
   * ManifestView#warnings}.
   *
   * @param container the container whose flags and mounts are judged
   */
  public static List<String> warnings(byte[] manifest, String container) {
    return ManifestView.of(manifest, container).warnings();
  }

  private static void annotate(ManifestDraft draft, String key, String value) {
    YamlPath annotations = PodNodes.METADATA.key(ANNOTATIONS);
    Optional<String> now = draft.at(annotations).flatMap(node -> node.text(key));
    YamlText before = draft.text();
    if (draft.at(annotations).isPresent()) {
      draft.set(annotations, key, YamlScalar.of(value));
    } else {
      draft.add(PodNodes.METADATA, ANNOTATIONS, YamlValue.entry(key, YamlScalar.of(value)));
    }
    if (draft.text() != before) {
      draft.note(
          "annotation "
              + key
              + (now.isPresent() ? " changed from " + now.get() + " to " + value : " added"));
    }
  }

  /**
   * What came out of an edit.
   *
   * @param bytes the whole new manifest; equal to the given one where nothing changed
   * @param changes what was done, a line each, in order
   */
  public record Result(byte[] bytes, List<String> changes) {
    /** Copies the list; the array is not copied. */
    public Result {
      Objects.requireNonNull(bytes, "bytes");
      changes = List.copyOf(changes);
    }

    /** Tells whether anything changed. */
    public boolean changed() {
      return !changes.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Result that
          && Arrays.equals(bytes, that.bytes)
          && changes.equals(that.changes);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(bytes) + changes.hashCode();
    }

    @Override
    public String toString() {
      return "Result[" + bytes.length + " bytes, " + changes + "]";
    }
  }
}
