package dev.belay.core.builtin.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.change.Change;
import dev.belay.core.change.RestartUnit;
import dev.belay.core.change.SetUnit;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.UnitFact;
import dev.belay.core.fact.UnitState;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.step.StepRefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTest {

  private static final UnitNames SSH = UnitNames.of("ssh");
  private static final UnitState ABSENT = new UnitState("not-found", "inactive", "");
  private static final UnitState OFF = new UnitState("loaded", "inactive", "disabled");
  private static final UnitState ON = new UnitState("loaded", "active", "enabled");

  private static Facts facts(Object... namesAndStates) {
    Facts facts = Facts.NONE;
    for (int i = 0; i < namesAndStates.length; i += 2) {
      facts =
          facts.with(
              new UnitFact(namesAndStates[i] + ".service"), (UnitState) namesAndStates[i + 1]);
    }
    return facts;
  }

  /** What is there, what is wanted, and the commands of the change and of its undo. */
  @ParameterizedTest
  @CsvSource({
    "inactive,disabled,running enabled,b_enable 'ssh.service' && b_start start 'ssh.service',"
        + " b_disable 'ssh.service' && b_stop 'ssh.service'",
    "active,enabled,running enabled,,",
    "active,static,running enabled,,",
    "active,alias,running enabled,,",
    "reloading,enabled,running,,",
    "failed,enabled,running enabled,b_start start 'ssh.service',b_stop 'ssh.service'",
    "active,disabled,running enabled,b_enable 'ssh.service',b_disable 'ssh.service'",
    "active,enabled,stopped disabled,b_disable 'ssh.service' && b_stop 'ssh.service',"
        + " b_enable 'ssh.service' && b_start_again 'ssh.service'",
    "inactive,disabled,stopped disabled,,",
    "inactive,enabled,stopped,,",
    "active,disabled,running,,",
    "active,enabled,disabled,b_disable 'ssh.service',b_enable 'ssh.service'",
  })
  void plansWhatIsMissingAndItsOpposite(
      String active, String enabled, String wish, String perform, String undo) {
    List<Change.Reversible> changes =
        step(wish).plan(facts("ssh", new UnitState("loaded", active, enabled)));
    if (perform == null) {
      assertThat(changes).isEmpty();
    } else {
      assertThat(changes).hasSize(1);
      assertThat(changes.get(0).perform()).isEqualTo(perform);
      assertThat(changes.get(0).undo()).contains(undo);
    }
  }

  private static Service step(String wish) {
    Service step = wish.startsWith("running") ? SSH.running() : SSH.stopped();
    return switch (wish) {
      case "running enabled" -> step.enabled();
      case "stopped disabled" -> step.disabled();
      case "disabled" -> SSH.disabled();
      default -> step;
    };
  }

  @Test
  void isConvergedAfterItsOwnEffect() {
    Facts before = facts("ssh", OFF);
    Service step = SSH.running().enabled();
    Facts after = step.plan(before).get(0).effect(before);
    assertThat(step.plan(after)).isEmpty();
  }

  /** States of a, b and c as load/active/enabled; which of them is meant. */
  @ParameterizedTest
  @CsvSource({
    "loaded/inactive/disabled, loaded/inactive/enabled, loaded/active/disabled, b",
    "loaded/inactive/disabled, loaded/active/disabled, not-found/inactive/-, b",
    "not-found/inactive/-, loaded/inactive/disabled, loaded/inactive/static, b",
    "loaded/inactive/disabled, loaded/inactive/disabled, loaded/inactive/disabled, a",
    "masked/inactive/masked, loaded/inactive/disabled, not-found/inactive/-, b",
    "not-found/inactive/-, masked/inactive/masked, not-found/inactive/-, b",
    "loaded/active/enabled, loaded/active/enabled, loaded/active/alias, a",
    "loaded/inactive/disabled, loaded/inactive/disabled, loaded/active/alias, c",
  })
  void meansTheEnabledUnitElseTheRunningElseTheFirstThere(
      String a, String b, String c, String meant) {
    Facts facts = facts("a", unit(a), "b", unit(b), "c", unit(c));
    assertThat(UnitNames.of("a", "b", "c").resolve(facts)).contains(meant + ".service");
  }

  private static UnitState unit(String text) {
    String[] parts = text.split("/");
    return new UnitState(parts[0], parts[1], parts[2].replace("-", ""));
  }

  @Test
  void refusesAUnitThatIsNotThereAndNamesAllItTried() {
    assertThatThrownBy(() -> UnitNames.of("a", "b").running().plan(facts("a", ABSENT, "b", ABSENT)))
        .isInstanceOfSatisfying(
            StepRefusedException.class,
            refused -> assertThat(refused.got()).contains("a.service, b.service"));
  }

  @Test
  void takesAUnitThatIsNotThereAsStopped() {
    assertThat(SSH.stopped().disabled().plan(facts("ssh", ABSENT))).isEmpty();
  }

  @Test
  void refusesAMaskedUnitAndSaysHowToUnmaskIt() {
    UnitState masked = new UnitState("masked", "inactive", "masked");
    assertThatThrownBy(() -> SSH.running().plan(facts("ssh", masked)))
        .isInstanceOfSatisfying(
            StepRefusedException.class,
            refused -> assertThat(refused.advice()).contains("systemctl unmask ssh.service"));
    assertThat(SSH.stopped().disabled().plan(facts("ssh", masked))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"indirect", "generated", "transient"})
  void refusesToEnableWhatSystemctlCannot(String enabled) {
    assertThatThrownBy(
            () -> SSH.enabled().plan(facts("ssh", new UnitState("loaded", "active", enabled))))
        .isInstanceOf(StepRefusedException.class);
  }

  @Test
  void refusesToDisableWhatOtherUnitsStart() {
    assertThatThrownBy(
            () -> SSH.disabled().plan(facts("ssh", new UnitState("loaded", "active", "static"))))
        .isInstanceOf(StepRefusedException.class);
  }

  @Test
  void doesNotGuessWhenAPreferredUnitMayStillCome() {
    Facts facts =
        facts("b", OFF).without(new UnitFact("a.service"), "it may come with package falco");
    assertThatThrownBy(() -> UnitNames.of("a", "b").running().plan(facts))
        .isInstanceOf(UnknownFactException.class)
        .hasMessage("it may come with package falco");
    assertThat(UnitNames.of("b", "a").running().plan(facts("b", ON))).isEmpty();
  }

  @Test
  void restartsOnceAndLastWhenUndone() {
    Change.Reversible restart = SSH.restarted().plan(facts("ssh", ON)).get(0);
    assertThat(restart).isEqualTo(new RestartUnit("ssh.service", ON));
    assertThat(restart.perform()).isEqualTo("b_start restart 'ssh.service'");
    assertThat(restart.undo()).contains("b_restart_again 'ssh.service'");
    assertThat(restart.undoneLast()).isTrue();
    assertThat(SSH.restarted().plan(facts("ssh", OFF)).get(0).undo())
        .contains("b_stop 'ssh.service'");
    assertThat(SSH.restarted().label()).isEqualTo("service[ssh] restarted");
  }

  @Test
  void reloadsWhatRunsAndLeavesWhatDoesNot() {
    Change.Reversible reload = SSH.reloaded().plan(facts("ssh", ON)).get(0);
    assertThat(reload.perform()).isEqualTo("b_reload 'ssh.service'");
    assertThat(reload.undo()).contains("b_reload_again 'ssh.service'");
    assertThat(SSH.reloaded().plan(facts("ssh", OFF))).isEmpty();
  }

  @Test
  void refusesEventsOfUnitsMissingOrMasked() {
    assertThatThrownBy(() -> SSH.restarted().plan(facts("ssh", ABSENT)))
        .isInstanceOf(StepRefusedException.class);
    assertThatThrownBy(
            () -> SSH.restarted().plan(facts("ssh", new UnitState("masked", "active", "masked"))))
        .isInstanceOf(StepRefusedException.class);
  }

  @Test
  void completesNamesWithoutASuffix() {
    assertThat(UnitNames.of("ssh", "ssh.socket", "getty@tty1", "a.b", "ssh.service").names())
        .containsExactly("ssh.service", "ssh.socket", "getty@tty1.service", "a.b.service");
    assertThat(UnitNames.of("falco-modern-bpf", "falco").running().label())
        .isEqualTo("service[falco-modern-bpf|falco]");
    assertThat(SSH.running().reads()).isEqualTo(List.<Fact<?>>of(new UnitFact("ssh.service")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a b", "a/b", "a;b", "a*"})
  void refusesWhatIsNoUnitName(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> UnitNames.of(name));
  }

  @Test
  void saysWhatBecomesDifferent() {
    SetUnit change = (SetUnit) SSH.running().enabled().plan(facts("ssh", OFF)).get(0);
    assertThat(change.summary()).isEqualTo("enable and start ssh.service");
    assertThat(change.diff()).hasSize(2);
  }
}
