package dev.belay.core.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.fact.UnitFact;
import dev.belay.core.fact.UnitState;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.RemotePath;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileConsequencesTest {

  private static final Attributes ROOT = new Attributes(Mode.READABLE, "root", "root");

  private static WriteFile write(String path, String text) {
    return new WriteFile(new FileState.Absent(RemotePath.of(path)), Content.of(text), ROOT);
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/systemd/system/a.service, a.service, [Service], static",
    "/etc/systemd/system/a.service, a.service, [Install], disabled",
    "/usr/lib/systemd/system/a@.service, a@b.service, [Install], disabled",
  })
  void aUnitIsThereOnceItsFileIsWritten(String path, String unit, String text, String enabled) {
    UnitFact fact = new UnitFact(unit);
    Facts before = Facts.NONE.with(fact, new UnitState("not-found", "inactive", ""));
    assertThat(write(path, text).effect(before).get(fact))
        .isEqualTo(new UnitState("loaded", "inactive", enabled));
  }

  @ParameterizedTest
  @CsvSource({"/etc/systemd/system/b.service", "/etc/a.service"})
  void otherFilesLeaveAUnitAlone(String path) {
    UnitFact fact = new UnitFact("a.service");
    UnitState missing = new UnitState("not-found", "inactive", "");
    assertThat(write(path, "[Install]").effect(Facts.NONE.with(fact, missing)).get(fact))
        .isEqualTo(missing);
  }

  @Test
  void aUnitIsInDoubtOnceItsFileIsRemoved() {
    UnitFact fact = new UnitFact("a.service");
    FileState there =
        FileState.Regular.planned(
            RemotePath.of("/etc/systemd/system/a.service"), ROOT, Content.of("x"));
    Facts before = Facts.NONE.with(fact, new UnitState("loaded", "active", "enabled"));
    assertThat(new RemoveFile(there).effect(before).knows(fact)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/apt/sources.list, true",
    "/etc/apt/sources.list.d/x.list, true",
    "/etc/apt/preferences.d/pin, true",
    "/etc/apt/keyrings/x.asc, true",
    "/etc/apt/apt.conf.d/99x, false",
    "/etc/motd, false",
  })
  void onlyAptKnowsWhatNewSourcesHold(String path, boolean forgets) {
    PackageFact free = new PackageFact("falco");
    PackageFact there = new PackageFact("jq");
    PackageState candidate = new PackageState(Optional.empty(), Optional.of("1"), true);
    PackageState installed = new PackageState(Optional.of("1"), Optional.empty(), true);
    Facts after = write(path, "x").effect(Facts.NONE.with(free, candidate).with(there, installed));
    assertThat(after.get(free))
        .isEqualTo(
            forgets ? new PackageState(Optional.empty(), Optional.empty(), false) : candidate);
    assertThat(after.get(there)).isEqualTo(installed);
  }

  @Test
  void attributesAloneHaveNoConsequence() {
    PackageFact fact = new PackageFact("falco");
    PackageState candidate = new PackageState(Optional.empty(), Optional.of("1"), true);
    FileState there =
        FileState.Regular.planned(RemotePath.of("/etc/apt/sources.list"), ROOT, Content.of("x"));
    Facts before = FileEffects.put(Facts.NONE, there).with(fact, candidate);
    Attributes other = new Attributes(Mode.OWNER_ONLY, "root", "root");
    assertThat(new SetAttributes(there, other).effect(before).get(fact)).isEqualTo(candidate);
  }

  @Test
  void aDirectoryListsWhatIsWrittenAndRemovedInIt() {
    DirectoryFact fact = new DirectoryFact(RemotePath.of("/etc/kubernetes/manifests"));
    Facts before = Facts.NONE.with(fact, Map.of("a.yaml", Content.of("a")));
    Facts written = write(fact.path().value() + "/b.yaml", "b").effect(before);
    assertThat(written.get(fact))
        .isEqualTo(Map.of("a.yaml", Content.of("a"), "b.yaml", Content.of("b")));
    FileState there =
        FileState.Regular.planned(fact.path().resolve("a.yaml"), ROOT, Content.of("a"));
    assertThat(new RemoveFile(there).effect(written).get(fact)).containsOnlyKeys("b.yaml");
    assertThat(write(fact.path().value() + "/.hidden", "x").effect(before).get(fact))
        .containsOnlyKeys("a.yaml");
  }
}
