package dev.belay.playbooks.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.kube.audit.Level;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.builtin.kube.audit.Rule;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditSettingsTest {

  @Test
  void boundsTheLogOfAPolicyOfOnesOwnAsCisAsks() {
    assertThat(AuditSettings.of(Policy.policy(Rule.rule(Level.METADATA))).flags())
        .isEqualTo(
            Map.of(
                "audit-log-maxage", "30",
                "audit-log-maxbackup", "10",
                "audit-log-maxsize", "100"));
  }

  @Test
  void replacesEarlierBoundsAndKeepsOtherFlags() {
    AuditSettings settings =
        AuditSettings.usual().retention(LogRetention.CIS_MINIMUM).flag("audit-log-mode", "batch");
    assertThat(settings.retention(90, 20, 200).flags())
        .isEqualTo(
            Map.of(
                "audit-log-maxage", "90",
                "audit-log-maxbackup", "20",
                "audit-log-maxsize", "200",
                "audit-log-mode", "batch"));
  }

  @ParameterizedTest
  @CsvSource({
    "30,10,100,true",
    "31,11,101,true",
    "29,10,100,false",
    "30,5,100,false",
    "30,10,99,false",
    "0,0,0,false"
  })
  void tellsWhatCisPasses(int maxAge, int maxBackup, int maxSize, boolean passes) {
    assertThat(new LogRetention(maxAge, maxBackup, maxSize).meetsCis()).isEqualTo(passes);
  }

  @Test
  void refusesNegativeBounds() {
    assertThatThrownBy(() -> new LogRetention(30, -1, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxbackup -1");
  }
}
