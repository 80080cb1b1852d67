package dev.belay.core.builtin.pkg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.change.Change;
import dev.belay.core.change.Diff;
import dev.belay.core.change.InstallPackages;
import dev.belay.core.fact.Answer;
import dev.belay.core.fact.CommandFact;
import dev.belay.core.fact.DebFact;
import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.fact.UnitFact;
import dev.belay.core.fact.UnitState;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.fact.UserFact;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.RemotePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackagesTest {

  private static final Packages FALCO = PackageNames.of("falco").installed();
  private static final RemotePath CONFIG = RemotePath.of("/etc/falco/falco.yaml");
  private static final RemotePath OTHER = RemotePath.of("/opt/falco.log");
  private static final Attributes ROOT = new Attributes(Mode.READABLE, "root", "root");
  private static final FileState CONFFILE =
      FileState.Regular.planned(CONFIG, ROOT, Content.of("file_output:\n"));

  private static Facts with(String name, String installed, String candidate, boolean fresh) {
    return Facts.NONE.with(new PackageFact(name), state(installed, candidate, fresh));
  }

  private static PackageState state(String installed, String candidate, boolean fresh) {
    return new PackageState(Optional.ofNullable(installed), Optional.ofNullable(candidate), fresh);
  }

  private static Facts withFree(Facts facts, RemotePath... paths) {
    Facts all = facts;
    for (RemotePath path : paths) {
      all = all.with(new FileFact(path), new FileState.Absent(path));
    }
    return all;
  }

  private static InstallPackages only(List<Change.Reversible> changes) {
    assertThat(changes).hasSize(1);
    return (InstallPackages) changes.get(0);
  }

  @Test
  void plansNothingWhenAllAreInstalled() {
    assertThat(FALCO.plan(with("falco", "0.40.0", null, false))).isEmpty();
  }

  @Test
  void plansOneChangeForThoseMissing() {
    Facts facts =
        with("falco", "0.40.0", null, true)
            .with(new PackageFact("jq"), state(null, "1.6", true))
            .with(new PackageFact("strace"), state(null, "6.1", true));
    InstallPackages change =
        only(PackageNames.of("strace", "falco", "jq", "jq").installed().plan(facts));
    assertThat(change.names()).containsExactly("strace", "jq");
    assertThat(change.refresh()).isFalse();
    assertThat(change.candidates()).isEqualTo(Map.of("jq", "1.6", "strace", "6.1"));
    assertThat(change.doubt()).isEmpty();
    assertThat(change.diff())
        .containsExactly(
            new Diff.Line("package strace", "not installed", "6.1"),
            new Diff.Line("package jq", "not installed", "1.6"));
    assertThat(change.perform()).isEqualTo("(b_install keep 300 'strace' 'jq')");
    assertThat(change.undo()).contains("b_uninstall 300");
  }

  @Test
  void refreshesStaleListsAndSaysThatTheVersionMayBeAnother() {
    InstallPackages change = only(FALCO.plan(with("falco", null, "0.40.0", false)));
    assertThat(change.refresh()).isTrue();
    assertThat(change.doubt()).isEmpty();
    assertThat(change.diff())
        .containsExactly(
            new Diff.Line("package falco", "not installed", "0.40.0 or what apt-get update finds"));
  }

  @Test
  void doubtsWhatAptDoesNotKnow() {
    InstallPackages change = only(FALCO.plan(with("falco", null, null, true)));
    assertThat(change.refresh()).isTrue();
    assertThat(change.doubt())
        .contains("apt does not know package falco yet; apply runs apt-get update first");
    assertThat(change.diff())
        .containsExactly(
            new Diff.Line("package falco", "not installed", "version known after apt-get update"));
  }

  @Test
  void givesVariablesToThePackageScriptsInSafeForm() {
    Packages step = FALCO.environment("FALCO_DRIVER_CHOICE", "it's $(none)");
    assertThat(only(step.plan(with("falco", null, "1", true))).perform())
        .isEqualTo("(export FALCO_DRIVER_CHOICE='it'\\''s $(none)'\nb_install keep 300 'falco')");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FALCO.environment("A;B", "1").plan(with("falco", null, "1", true)));
  }

  @Test
  void asksThePackageAboutEveryFreePlaceAndListedDirectory() {
    RemotePath manifests = RemotePath.of("/etc/kubernetes/manifests");
    Facts facts =
        withFree(with("falco", null, "0.40.0", true), OTHER, CONFIG)
            .with(new FileFact(RemotePath.of("/etc")), directory("/etc"))
            .with(new DirectoryFact(manifests), Map.of());
    assertThat(FALCO.followUps(facts))
        .containsExactly(new DebFact("falco", List.of(CONFIG, manifests, OTHER)));
  }

  @Test
  void asksNothingTwiceAndNothingWhenListsAreRefreshedAnyway() {
    Facts asked = withFree(with("falco", null, "0.40.0", true), CONFIG);
    DebFact question = (DebFact) FALCO.followUps(asked).get(0);
    assertThat(FALCO.followUps(asked.with(question, Map.of()))).isEmpty();
    assertThat(FALCO.followUps(withFree(with("falco", null, "0.40.0", false), CONFIG))).isEmpty();
    assertThat(FALCO.followUps(withFree(with("falco", "1", null, true), CONFIG))).isEmpty();
    assertThat(FALCO.followUps(with("falco", null, "0.40.0", true))).isEmpty();
  }

  @Test
  void predictsConffilesAndThatOtherPlacesStayFree() {
    Facts facts =
        withFree(with("falco", null, "0.40.0", true), CONFIG, OTHER)
            .with(new DebFact("falco", List.of(CONFIG, OTHER)), Map.of(CONFIG, CONFFILE));
    Facts after = after(FALCO, facts);
    assertThat(after.get(new FileFact(CONFIG))).isEqualTo(CONFFILE);
    assertThat(after.get(new FileFact(OTHER))).isInstanceOf(FileState.Absent.class);
    assertThat(after.get(new PackageFact("falco")).installed()).contains("0.40.0");
    assertThat(FALCO.plan(after)).isEmpty();
  }

  @Test
  void putsPackagesTogetherAndKnowsNoFreePlaceWhenOneCannotBeRead() {
    Packages both = PackageNames.of("falco", "jq").installed();
    Facts facts =
        withFree(with("falco", null, "0.40.0", true), CONFIG, OTHER)
            .with(new PackageFact("jq"), state(null, "1.6", true))
            .with(new DebFact("falco", List.of(CONFIG, OTHER)), Map.of(CONFIG, CONFFILE));
    DebFact jq = new DebFact("jq", List.of(CONFIG, OTHER));
    Facts all = after(both, facts.with(jq, Map.of()));
    assertThat(all.get(new FileFact(CONFIG))).isEqualTo(CONFFILE);
    assertThat(all.get(new FileFact(OTHER))).isInstanceOf(FileState.Absent.class);

    Answer unreachable = new Answer(1, new byte[0], "Could not resolve 'deb.debian.org'");
    Facts one = after(both, facts.answered(jq, unreachable));
    assertThat(one.get(new FileFact(CONFIG))).isEqualTo(CONFFILE);
    assertThatThrownBy(() -> one.get(new FileFact(OTHER)))
        .isInstanceOf(UnknownFactException.class)
        .hasMessageEndingWith(
            "it may come with package falco or jq; what package jq brings cannot be read here"
                + " (Could not resolve 'deb.debian.org')");
  }

  @Test
  void doubtsFreePlacesWhenTheVersionIsNotKnown() {
    Facts after = after(FALCO, withFree(with("falco", null, "0.40.0", false), CONFIG));
    assertThatThrownBy(() -> after.get(new FileFact(CONFIG)))
        .isInstanceOf(UnknownFactException.class)
        .hasMessageEndingWith(
            "it may come with package falco; apt's lists are refreshed before, so the version is"
                + " not known yet");
  }

  @Test
  void keepsWhatIsThereAndDoubtsWhatScriptsMayAlter() {
    FileState mine = FileState.Regular.planned(CONFIG, ROOT, Content.of("mine"));
    UnitFact ssh = new UnitFact("ssh.service");
    UnitFact falco = new UnitFact("falco.service");
    CommandFact guard = new CommandFact(List.of("test", "-e", "/x"));
    RemotePath manifests = RemotePath.of("/etc/kubernetes/manifests");
    Facts facts =
        with("falco", null, "0.40.0", true)
            .with(new FileFact(CONFIG), mine)
            .with(new DirectoryFact(manifests), Map.of())
            .with(ssh, new UnitState("loaded", "active", "enabled"))
            .with(falco, new UnitState("not-found", "inactive", ""))
            .with(guard, true)
            .with(new UserFact(), new UserFact.User("root", "root"));
    Facts looked =
        facts.with(new DebFact("falco", List.of(CONFIG, manifests)), Map.of(CONFIG, CONFFILE));
    Facts after = after(FALCO, looked);
    assertThat(after.get(new FileFact(CONFIG))).isEqualTo(mine);
    assertThat(after.knows(new DirectoryFact(manifests))).isTrue();
    assertThat(after.get(ssh).running()).isTrue();
    assertThat(after.knows(falco)).isFalse();
    assertThat(after.knows(guard)).isFalse();
    assertThat(after.knows(new UserFact())).isTrue();
    assertThat(after(FALCO, facts).knows(new DirectoryFact(manifests))).isFalse();
  }

  @Test
  void letsALaterTaskEditTheFileThatWillCome() {
    FilePresent edit = new FilePresent(CONFIG).content("mine\n").mode("0600");
    RemotePath home = CONFIG.parent();
    Facts asked =
        withFree(with("falco", null, "0.40.0", true), CONFIG, home)
            .with(new UserFact(), new UserFact.User("root", "root"));
    DebFact question = (DebFact) FALCO.followUps(asked).get(0);
    byte[] deb = "0 d 755 0\n1 f 644 13\nfile_output:\n".getBytes(StandardCharsets.UTF_8);
    List<PlannedTask> plan =
        Planner.plan(
            List.of(FALCO.task(), edit.task()), asked.answered(question, new Answer(0, deb, "")));
    assertThat(plan).extracting(PlannedTask::outcome).containsOnly(new Outcome.WouldChange());
    assertThat(plan.get(1).changes().get(0).diff().get(0))
        .isEqualTo(
            new Diff.Text(
                CONFIG.value(),
                Optional.of(Content.of("file_output:\n")),
                Optional.of(Content.of("mine\n"))));
  }

  @Test
  void saysMayChangeForATaskOnAFileThatCannotBeKnown() {
    FilePresent edit = new FilePresent(CONFIG).content("mine\n");
    Facts facts =
        withFree(with("falco", null, null, true), CONFIG, CONFIG.parent())
            .with(new UserFact(), new UserFact.User("root", "root"));
    List<PlannedTask> plan = Planner.plan(List.of(FALCO.task(), edit.task()), facts);
    assertThat(plan)
        .allSatisfy(task -> assertThat(task.outcome()).isInstanceOf(Outcome.MayChange.class));
    assertThat(plan.get(0).changes()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Falco", "falco=0.40", "falco-", "-y", "a b", "falco*", "f", "a;b"})
  void refusesWhatIsNoPackageName(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> PackageNames.of(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"falco", "g++", "libc6:i386", "libstdc++6", "0ad", "python3.11"})
  void takesPackageNames(String name) {
    assertThat(PackageNames.of(name).installed().label()).isEqualTo("pkg[" + name + "]");
  }

  @Test
  void refusesToKeepNoPackage() {
    assertThatIllegalArgumentException().isThrownBy(PackageNames::of);
  }

  @Test
  void readsOneFactForEachPackage() {
    assertThat(Set.copyOf(PackageNames.of("a1", "b1").installed().reads()))
        .isEqualTo(Set.of(new PackageFact("a1"), new PackageFact("b1")));
  }

  private static Facts after(Packages step, Facts facts) {
    return only(step.plan(facts)).effect(facts);
  }

  private static FileState directory(String path) {
    return new FileState.Directory(
        RemotePath.of(path), new Attributes(Mode.ENTERABLE, "root", "root"), true);
  }
}
