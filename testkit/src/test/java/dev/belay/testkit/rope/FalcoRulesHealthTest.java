package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.falco.FalcoPriority;
import dev.belay.core.builtin.falco.rules.FalcoRule;
import dev.belay.core.builtin.falco.rules.FalcoRules;
import dev.belay.core.builtin.falco.rules.FalcoRulesFile;
import dev.belay.core.builtin.falco.rules.PackageManagement;
import dev.belay.core.builtin.pkg.PackageNames;
import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.RunEvent;
import dev.belay.core.step.Handler;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.Tree;
import org.junit.jupiter.api.Test;

/** On a host with a stand-in for Falco, which checks rules files as far as the tests need. */
class FalcoRulesHealthTest {

  private static final Handler RESTART =
      new Handler(
          "restart falco", UnitNames.of("falco-modern-bpf", "falco-kmod", "falco").restarted());

  private static PlayItem falco() {
    return PackageNames.of("falco")
        .installed()
        .environment("FALCO_FRONTEND", "noninteractive")
        .environment("FALCO_DRIVER_CHOICE", "modern_ebpf");
  }

  private static FalcoRulesFile rule(String output) {
    return new FalcoRulesFile(
        FalcoRules.of(
            FalcoRule.named("Ours")
                .condition("spawned_process and container")
                .output(output)
                .priority(FalcoPriority.NOTICE)));
  }

  @Test
  void keepsRulesOfAFalcoThatIsYetToCome() {
    try (Scene scene = Scene.services()) {
      PlayItem[] items = {
        falco(), new FalcoRulesFile(PackageManagement.RULES).whereMissing().task().notifies(RESTART)
      };
      scene.check(items);
      assertThat(scene.told(RunEvent.TaskEnded.class))
          .extracting(RunEvent.TaskEnded::status)
          .startsWith(RunEvent.Status.WOULD_CHANGE, RunEvent.Status.MAY_CHANGE);
      scene.well(scene.apply(items));
      assertThat(scene.host.run("cat /etc/falco/falco_rules.local.yaml"))
          .startsWith("# Your own rules go here")
          .contains("- rule: Launch Package Management Process in Container");
      scene.well(scene.apply(items));
      assertThat(scene.told(RunEvent.TaskEnded.class))
          .allMatch(task -> task.status() == RunEvent.Status.OK);
    }
  }

  @Test
  void takesRulesBackThatFalcoRefusesBeforeItIsRestarted() {
    try (Scene scene = Scene.services()) {
      scene.well(scene.apply(falco()));
      String running = scene.host.run("systemctl show -p MainPID falco-modern-bpf");
      Tree before = scene.tree();
      var recap = scene.apply(rule("no such field %nosuch.field").task().notifies(RESTART));

      assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.ROLLED_BACK);
      assertThat(scene.failed().problem().wanted())
          .isEqualTo("falco -V and falco --dry-run take its rules");
      assertThat(scene.failed().problem().got())
          .contains("/etc/falco/falco_rules.local.yaml: invalid formatting token nosuch");
      assertThat(scene.differences(before, "/var/log", "/var/lib/belay")).isEmpty();
      assertThat(scene.host.run("systemctl show -p MainPID falco-modern-bpf")).isEqualTo(running);
    }
  }
}
