package dev.belay.core.builtin.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.remote.RemotePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestWishTest {
  private static final ManifestWish WISH = ManifestWish.of("kube-apiserver");
  private static final RemotePath PATH = RemotePath.of("/etc/x");

  @ParameterizedTest
  @ValueSource(strings = {"--v", "-v", "", "a b", "a=b", "a_b", "A", "\u2014v"})
  void refusesNamesThatAreNoFlag(String name) {
    assertThatThrownBy(() -> WISH.flag(name, "1")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WISH.noFlag(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$(HOME)", "a$$b"})
  void refusesValuesThatKubernetesWouldExpand(String value) {
    assertThatThrownBy(() -> WISH.flag("a", value)).hasMessageContaining("expands");
  }

  @Test
  void refusesContradictions() {
    HostPathVolume one = HostPathVolume.readOnlyFile("one", PATH);
    HostPathVolume two = HostPathVolume.readOnlyFile("two", PATH);

    assertThatThrownBy(() -> WISH.flag("a", "1").flag("a", "2")).hasMessageContaining("twice");
    assertThatThrownBy(() -> WISH.flag("a", "1").noFlag("a")).hasMessageContaining("twice");
    assertThatThrownBy(() -> WISH.volume(one).volume(one)).hasMessageContaining("volume one");
    assertThatThrownBy(() -> WISH.volume(one).volume(two)).hasMessageContaining("mountPath");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a_b", "-a", "a-", "a.b"})
  void refusesVolumeNamesThatAreNoDnsLabel(String name) {
    assertThatThrownBy(() -> HostPathVolume.readOnlyFile(name, PATH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsTheTypeOfAManifestsWord() {
    assertThat(HostPathType.of("DirectoryOrCreate")).contains(HostPathType.DIRECTORY_OR_CREATE);
    assertThat(HostPathType.of("")).contains(HostPathType.UNSET);
    assertThat(HostPathType.of("file")).isEmpty();
  }
}
