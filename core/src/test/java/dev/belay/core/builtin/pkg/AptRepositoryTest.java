package dev.belay.core.builtin.pkg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.change.Change;
import dev.belay.core.change.InstallPackages;
import dev.belay.core.change.MakeDirectory;
import dev.belay.core.change.WriteFile;
import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.fact.UserFact;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.StepRefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AptRepositoryTest {

  private static final String URI = "https://download.falco.org/packages/deb";
  private static final AptRepository FALCO =
      new RepositoryName("falcosecurity").from(URI, "stable", "main").signedBy(Keys.ARMORED);
  private static final RemotePath SOURCES = RemotePath.of("/etc/apt/sources.list.d");
  private static final RemotePath LIST = SOURCES.resolve("falcosecurity.list");
  private static final RemotePath KEY = RemotePath.of("/etc/apt/keyrings/falcosecurity.asc");
  private static final String LINE =
      "deb [signed-by=/etc/apt/keyrings/falcosecurity.asc] " + URI + " stable main\n";

  /** A host with apt that has neither the repository nor a directory for keys. */
  private static Facts fresh() {
    Facts facts = Facts.NONE.with(new UserFact(), new UserFact.User("root", "root"));
    for (String path : List.of("/", "/etc", "/etc/apt", SOURCES.value())) {
      facts = facts.with(new FileFact(RemotePath.of(path)), directory(path));
    }
    for (RemotePath path :
        List.of(KEY.parent(), KEY, LIST, RemotePath.of("/etc/apt/sources.list"))) {
      facts = facts.with(new FileFact(path), new FileState.Absent(path));
    }
    return facts.with(new DirectoryFact(SOURCES), Map.of());
  }

  private static FileState directory(String path) {
    return new FileState.Directory(
        RemotePath.of(path), new Attributes(Mode.ENTERABLE, "root", "root"), true);
  }

  private static Facts after(List<Change.Reversible> changes, Facts facts) {
    Facts now = facts;
    for (Change change : changes) {
      now = change.effect(now);
    }
    return now;
  }

  @Test
  void writesKeyAndSourceAndThenNothingMore() {
    List<Change.Reversible> changes = FALCO.plan(fresh());
    Attributes readable = new Attributes(Mode.READABLE, "root", "root");
    assertThat(changes)
        .isEqualTo(
            List.of(
                new MakeDirectory(KEY.parent(), new Attributes(Mode.ENTERABLE, "root", "root")),
                new WriteFile(new FileState.Absent(KEY), Content.of(Keys.ARMORED), readable),
                new WriteFile(new FileState.Absent(LIST), Content.of(LINE), readable)));
    assertThat(FALCO.plan(after(changes, fresh()))).isEmpty();
  }

  @Test
  void readsAllThatItsPlanNeeds() {
    assertThat(FALCO.reads()).allSatisfy(fact -> assertThat(fresh().has(fact)).isTrue());
    assertThat(FALCO.reads()).contains(new DirectoryFact(SOURCES), new FileFact(KEY));
  }

  @Test
  void makesALaterPackageStepRefreshAptFirst() {
    PackageFact falco = new PackageFact("falco");
    Facts facts =
        fresh()
            .with(falco, new PackageState(Optional.empty(), Optional.of("0.1-debian"), true))
            .with(
                new PackageFact("jq"),
                new PackageState(Optional.of("1.6"), Optional.empty(), true));
    List<PlannedTask> plan =
        Planner.plan(
            List.of(FALCO.task(), PackageNames.of("falco", "jq").installed().task()), facts);
    InstallPackages install = (InstallPackages) plan.get(1).changes().get(0);
    assertThat(install.names()).containsExactly("falco");
    assertThat(install.refresh()).isTrue();
    assertThat(plan.get(1).outcome())
        .isEqualTo(
            new Outcome.MayChange(
                "apt does not know package falco yet; apply runs apt-get update first"));
  }

  @Test
  void leavesPackagesAloneWhenTheSourceIsThereAlready() {
    Facts there = after(FALCO.plan(fresh()), fresh());
    PackageState known = new PackageState(Optional.empty(), Optional.of("0.40.0"), true);
    Facts facts = there.with(new PackageFact("falco"), known);
    assertThat(after(FALCO.plan(facts), facts).get(new PackageFact("falco"))).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({
    "old.list, deb https://download.falco.org/packages/deb/ stable main, true",
    "old.list, deb [signed-by=/usr/share/keyrings/f.gpg] https://download.falco.org/packages/deb"
        + " stable main, true",
    "old.list, # deb https://download.falco.org/packages/deb stable main, false",
    "old.list, deb-src https://download.falco.org/packages/deb stable main, false",
    "old.list, deb https://download.falco.org/packages/deb unstable main, false",
    "old.list, deb https://download.falco.org/packages/rpm stable main, false",
    "old.list.save, deb https://download.falco.org/packages/deb stable main, false",
    "falcosecurity.list, deb https://download.falco.org/packages/deb stable main, false",
    "old.sources, 'Types: deb|URIs: https://download.falco.org/packages/deb|Suites: a stable',"
        + " true",
    "old.sources, 'Types: deb deb-src|# x|uris:| https://download.falco.org/packages/deb/|Suites:"
        + " stable|Components: main', true",
    "old.sources, 'Enabled: no|Types: deb|URIs: https://download.falco.org/packages/deb|Suites:"
        + " stable', false",
    "old.sources, 'Types: deb|URIs: https://a.example||Types: deb|URIs:"
        + " https://download.falco.org/packages/deb|Suites: stable', true",
  })
  void refusesASecondEntryForTheSameSuite(String file, String text, boolean refused) {
    Content content = Content.of("\n" + text.replace('|', '\n') + "\n");
    Facts facts = fresh().with(new DirectoryFact(SOURCES), Map.of(file, content));
    if (refused) {
      assertThatThrownBy(() -> FALCO.plan(facts))
          .isInstanceOfSatisfying(
              StepRefusedException.class,
              thrown -> assertThat(thrown.got()).contains("/etc/apt/sources.list.d/" + file));
    } else {
      assertThat(FALCO.plan(facts)).isNotEmpty();
    }
  }

  @Test
  void writesBinaryKeysUnderTheNameAptExpects() {
    AptRepository binary =
        new RepositoryName("x")
            .from("http://deb.example.org/", "bookworm", "main", "contrib")
            .signedBy(Content.of(new byte[] {(byte) 0x99, 1, 2}));
    assertThat(binary.reads()).contains(new FileFact(RemotePath.of("/etc/apt/keyrings/x.gpg")));
  }

  @Test
  void takesAKeyringThatIsThere() {
    RemotePath keyring = RemotePath.of("/usr/share/keyrings/falco.gpg");
    AptRepository step =
        new RepositoryName("falcosecurity")
            .from(URI, "stable", "main")
            .signedByKeyring(keyring.value());
    Facts without = fresh().with(new FileFact(keyring), new FileState.Absent(keyring));
    assertThatThrownBy(() -> step.plan(without)).isInstanceOf(StepRefusedException.class);
    FileState there =
        FileState.Regular.planned(
            keyring, new Attributes(Mode.READABLE, "root", "root"), Content.of("x"));
    assertThat(step.plan(fresh().with(new FileFact(keyring), there))).hasSize(1);
  }

  @Test
  void goesUnsignedOnTheHostItselfOnlyAndWarns() {
    AptRepository local = new RepositoryName("stand-in").from("file:/srv/repo", "./").unsigned();
    RemotePath list = SOURCES.resolve("stand-in.list");
    Facts facts = fresh().with(new FileFact(list), new FileState.Absent(list));
    assertThat(local.plan(facts))
        .extracting(change -> ((WriteFile) change).content())
        .containsExactly(Content.of("deb [trusted=yes] file:/srv/repo ./\n"));
    assertThat(local.warnings(facts)).hasSize(1);
    assertThat(FALCO.warnings(facts)).isEmpty();
    new RepositoryName("lab").from("http://127.0.0.1:8080/", "./").unsigned();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepositoryName("x").from(URI, "stable", "main").unsigned());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepositoryName("x").from("http://127.evil.org", "./").unsigned());
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://a.example, stable, main",
    "https:///deb, stable, main",
    "https://user:pass@a.example/, stable, main",
    "https://a.example/deb?x=1, stable, main",
    "'https://a.example/a b', stable, main",
    "'https://a.example/]x', stable, main",
    "file:relative, stable, main",
    "https://a.example, '', main",
    "https://a.example, 'a b', main",
    "https://a.example, ../x, main",
    "https://a.example, stable, 'main contrib'",
    "https://a.example, stable, ''",
    "https://a.example, ./, main",
  })
  void refusesWhatAptCouldNotRead(String uri, String suite, String component) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AptSource(uri, suite, List.of(component)));
  }

  @Test
  void refusesASuiteWithoutComponents() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AptSource(URI, "stable", List.of()))
        .withMessageContaining("component");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a/b", "a b", "x.list", ".x"})
  void refusesNamesThatAptIgnores(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RepositoryName(name));
  }
}
