package dev.belay.core.builtin.kube.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.kube.incident.Grant.Binding;
import dev.belay.core.builtin.kube.incident.Grant.Rbac;
import dev.belay.core.builtin.kube.incident.Grant.Role;
import dev.belay.core.builtin.kube.incident.Grant.Subject;
import dev.belay.core.builtin.kube.incident.Grant.Subject.Kind;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RbacReasonTest {

  static Stream<Arguments> reasons() {
    return Stream.of(
        Arguments.of(
            "RoleBinding \"important_binding_do_not_delete/citadel\" of Role"
                + " \"important_role_do_not_delete\" to User \"agent-smith\"",
            rbac(
                    "important_binding_do_not_delete",
                    "citadel",
                    "important_role_do_not_delete",
                    false)
                .to(Kind.USER, "agent-smith")),
        Arguments.of(
            "RoleBinding \"b/ns\" of ClusterRole \"edit\" to ServiceAccount \"bot/tools\"",
            rbac("b", "ns", "edit", true).to(Kind.SERVICE_ACCOUNT, "tools/bot")),
        Arguments.of(
            "ClusterRoleBinding \"kubeadm:cluster-admins\" of ClusterRole \"cluster-admin\" to Group"
                + " \"kubeadm:cluster-admins\"",
            rbac("kubeadm:cluster-admins", null, "cluster-admin", true)
                .to(Kind.GROUP, "kubeadm:cluster-admins")),
        Arguments.of(
            "ClusterRoleBinding \"b\" of ClusterRole \"r\" to ServiceAccount"
                + " \"replicaset-controller/kube-system\"",
            rbac("b", null, "r", true)
                .to(Kind.SERVICE_ACCOUNT, "kube-system/replicaset-controller")),
        Arguments.of(
            "RoleBinding \"a\\\" of Role \\\"b/ns\" of Role \"r\\\\n\" to User \"\\U0001f600\\x07\"",
            rbac("a\" of Role \"b", "ns", "r\\n", false).to(Kind.USER, "😀\u0007")));
  }

  private record Bound(Binding binding, Role role) {
    Rbac to(Kind kind, String name) {
      return new Rbac(binding, role, new Subject(kind, name));
    }
  }

  private static Bound rbac(String binding, String namespace, String role, boolean cluster) {
    return new Bound(new Binding(binding, Optional.ofNullable(namespace)), new Role(role, cluster));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void readsEveryForm(String reason, Rbac expected) {
    assertThat(RbacReason.parse("RBAC: allowed by " + reason)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "internal error",
        "no relationship found between node 'minikube' and this object",
        "RBAC: clusterrole.rbac.authorization.k8s.io \"x\" not found",
        "RBAC: allowed by RoleBinding \"b/ns\" of Role \"r\"",
        "RBAC: allowed by RoleBinding \"b/ns\" of Role \"r\" to User \"u",
        "RBAC: allowed by RoleBinding \"b/ns\" of Role \"r\" to User \"u\" and more",
        "RBAC: allowed by RoleBinding \"b\" of Role \"r\" to User \"u\"",
        "RBAC: allowed by RoleBinding b/ns of Role r to User u",
        "RBAC: allowed by RoleBinding \"b/ns\" of Role \"\\q\" to User \"u\"",
        "RBAC: allowed by RoleBinding \"b/ns\" of Role \"\\uD8\" to User \"u\"",
        "RBAC: allowed by RoleBinding \"b/ns\" of Role \"\\Uffffffff\" to User \"u\"",
        "rbac: allowed by RoleBinding \"b/ns\" of Role \"r\" to User \"u\""
      })
  void guessesNothing(String reason) {
    Grant grant = RbacReason.parse(reason);
    assertThat(grant).isInstanceOf(Grant.Unknown.class);
    assertThat(grant.roleName()).isEqualTo("unknown");
    assertThat(grant.bindingName()).isEqualTo("unknown");
  }

  @Test
  void readsBackWhateverGoQuotes() {
    long seed = 20261122;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 3000; i++) {
      String binding = GoText.hostile(random).replace("/", "");
      String role = GoText.hostile(random).replace("/", "");
      String user = GoText.hostile(random);
      String reason =
          "RBAC: allowed by RoleBinding "
              + GoText.quote(binding + "/ns")
              + " of Role "
              + GoText.quote(role)
              + " to User "
              + GoText.quote(user);
      assertThat(RbacReason.parse(reason))
          .as("seed %d, round %d: %s", seed, i, reason)
          .isEqualTo(rbac(binding, "ns", role, false).to(Kind.USER, user));
    }
  }
}
