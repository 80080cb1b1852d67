package dev.belay.core.fact.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectRefTest {

  @Test
  void pathsAreThoseOfTheApi() {
    assertThat(ObjectRef.of(ObjectKind.POD, "omega", "a.b-c").path())
        .isEqualTo("/api/v1/namespaces/omega/pods/a.b-c");
    assertThat(ObjectRef.of(ObjectKind.ROLE_BINDING, "citadel", "x_y").path())
        .isEqualTo("/apis/rbac.authorization.k8s.io/v1/namespaces/citadel/rolebindings/x_y");
    assertThat(ObjectRef.of(ObjectKind.CLUSTER_ROLE, "system:node").path())
        .isEqualTo("/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node");
    assertThat(ObjectRef.of(ObjectKind.DEPLOYMENT, "omega", "web").collection())
        .isEqualTo("/apis/apps/v1/namespaces/omega/deployments");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../x", "a/b", "a%2fb", "a\nb", "a\tb", "a\u0000", "a\u001b[2J"})
  void refusesNamesThatNoRoleCanHave(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectRef.of(ObjectKind.ROLE, "citadel", name));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectRef.of(ObjectKind.POD, "citadel", name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "a b", "a'b", "$(id)", "`id`", "a;b", "a_b", "-a", "a?x=1", "a#b"})
  void refusesNamesThatNoPodAndNoNamespaceCanHave(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectRef.of(ObjectKind.POD, "citadel", name));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectRef.of(ObjectKind.ROLE, name, "role"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "a b,a%20b",
        "a'b,a%27b",
        "$(id),%24%28id%29",
        "`id`,%60id%60",
        "a;b&c,a%3Bb%26c",
        "a?x=1#y,a%3Fx%3D1%23y",
        "ü,%C3%BC",
        "...,..."
      })
  void escapesWhatRolesMayBeNamed(String name, String escaped) {
    assertThat(ObjectRef.of(ObjectKind.ROLE, "citadel", name).path()).endsWith("/roles/" + escaped);
  }

  /** Whatever the name, the path has the segments it should have, of harmless characters. */
  @Test
  void noNameLeavesItsSegment() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = random.nextInt(12); length >= 0; length--) {
        name.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0xd7ff));
      }
      try {
        String path = ObjectRef.of(ObjectKind.ROLE, "citadel", name.toString()).path();
        assertThat(path)
            .as("seed %d, name %s", seed, name)
            .matches(
                "/apis/rbac\\.authorization\\.k8s\\.io/v1/namespaces/citadel/roles/"
                    + "(?!\\.{1,2}$)([A-Za-z0-9._:-]|%[0-9A-F]{2})+");
      } catch (IllegalArgumentException refused) {
        assertThat(name.toString()).as("seed %d", seed).matches("(?s).*[/%\\p{Cntrl}].*|\\.{1,2}");
      }
    }
  }
}
