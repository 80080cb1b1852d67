package dev.belay.core.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleObjectTest {

  private static ScaleObject scale(ObjectKind kind, int from, String more, int to) {
    String json = "{\"metadata\":{\"uid\":\"u1\"},\"spec\":{\"replicas\":" + from + more + "}}";
    return new ScaleObject(
        Kubectl.ADMIN, ObjectRef.of(kind, "ns", "w"), ObjectContent.ofJson(json), to);
  }

  private static String grace(Object seconds) {
    return ",\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":" + seconds + "}}";
  }

  @ParameterizedTest
  @CsvSource({"'', 120", "5, 95", "0, 90", "-1, 90", "400, 490", "9999999999, 600"})
  void givesThePodsOfADeploymentTheirGracePeriod(String grace, int seconds) {
    String more = grace.isEmpty() ? "" : grace(grace);
    ScaleObject zero = scale(ObjectKind.DEPLOYMENT, 3, more, 0);
    assertThat(zero.perform())
        .contains(" && b_object_emptied ")
        .endsWith(" 'ns' 'Deployment/w' '" + seconds + "'");
    assertThat(zero.deadline()).isEqualTo(Duration.ofMinutes(3).plusSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"OrderedReady, 4, 130", "Parallel, 4, 100", "OrderedReady, 2000000000, 600"})
  void waitsForOnePodOfAStatefulSetAfterTheOther(String order, int pods, int seconds) {
    String more = ",\"podManagementPolicy\":\"" + order + "\"" + grace(10);
    assertThat(scale(ObjectKind.STATEFUL_SET, pods, more, 0).perform())
        .endsWith(" 'ns' 'StatefulSet/w' '" + seconds + "'");
  }

  @Test
  void doesNotWaitForPodsWhereSomeAreWanted() {
    ScaleObject some = scale(ObjectKind.DEPLOYMENT, 3, "", 1);
    assertThat(some.perform()).doesNotContain("b_object_emptied");
    assertThat(some.deadline()).isEqualTo(Duration.ofMinutes(3));
  }
}
