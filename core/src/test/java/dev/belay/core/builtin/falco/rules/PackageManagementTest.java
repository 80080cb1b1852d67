package dev.belay.core.builtin.falco.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.falco.FalcoLine;
import dev.belay.core.builtin.falco.Place;
import dev.belay.core.builtin.falco.PodRef;
import org.junit.jupiter.api.Test;

class PackageManagementTest {

  @Test
  void refersOnlyToWhatTheDefaultRulesOfAllVersionsHave() {
    Condition condition =
        Condition.parse(PackageManagement.RULE.body().text().condition().orElseThrow());

    assertThat(condition.macros()).containsExactly("container", "spawned_process");
    assertThat(condition.values()).containsExactly("package_mgmt_binaries");
  }

  @Test
  void raisesAlertsThatTheReportReadsThePodFrom() {
    assertThat(placeOf("apt install vim"))
        .isEqualTo(new Place.Pod(new PodRef("eden-prime", "eden-software2")));
  }

  @Test
  void accusesNoOtherPodThatACommandLineNames() {
    assertThat(placeOf("apt k8s_ns_name=citadel k8s_pod_name=innocent container_id=host"))
        .isInstanceOf(Place.Unknown.class);
  }

  private static Place placeOf(String command) {
    String text =
        PackageManagement.RULE
            .body()
            .text()
            .output()
            .orElseThrow()
            .replace("%container.id", "4bb5785dd832")
            .replace("%container.name", "eden-software2")
            .replace("%k8s.ns.name", "eden-prime")
            .replace("%k8s.pod.name", "eden-software2")
            .replace("%proc.cmdline", command);
    return FalcoLine.parse("10:11:12.123456789: Error " + text).orElseThrow().place();
  }
}
