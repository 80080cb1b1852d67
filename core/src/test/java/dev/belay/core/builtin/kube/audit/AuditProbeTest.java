package dev.belay.core.builtin.kube.audit;

import static dev.belay.core.builtin.kube.audit.GroupResources.core;
import static dev.belay.core.builtin.kube.audit.GroupResources.group;
import static dev.belay.core.builtin.kube.audit.Policy.policy;
import static dev.belay.core.builtin.kube.audit.Rule.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditProbeTest {

  private static Rule logged() {
    return rule(Level.METADATA);
  }

  private static Rule none() {
    return rule(Level.NONE);
  }

  private static final String POD = "/api/v1/namespaces/omega/pods/belay-@";

  static Stream<Arguments> requests() {
    return Stream.of(
        arguments("get " + POD, policy(logged().resources(core("pods")).namespaces("omega"))),
        arguments(
            "delete " + POD + "?dryRun=All",
            policy(logged().verbs("delete").resources(core("pods")).namespaces("omega"))),
        arguments(
            "delete " + POD + "?dryRun=All",
            policy(
                none().verbs("get", "list", "watch"),
                logged().resources(core("pods")).namespaces("omega"))),
        arguments(
            "get /api/v1/namespaces/omega/pods?limit=1&fieldSelector=metadata.name%3Dbelay-@",
            policy(logged().verbs("list").resources(core("pods")).namespaces("omega"))),
        arguments(
            "get /api/v1/namespaces/default/configmaps/belay-@?",
            policy(logged().resources(core()), none())),
        arguments("get /belay-@", policy(none().nonResourceUrls("/healthz*"), logged())),
        arguments("get /readyz?belay=@", policy(logged().nonResourceUrls("/readyz"))),
        arguments("get /readyzbelay-@", policy(logged().nonResourceUrls("/readyz*"))),
        arguments("get /api/v1/nodes/belay-@", policy(logged().resources(core("nodes")))),
        arguments(
            "get /api/v1/namespaces/default/pods/belay-@/log",
            policy(logged().resources(core("pods/log")))),
        arguments(
            "get /apis/apps/v1/namespaces/default/deployments/belay-@",
            policy(logged().resources(group("apps")))),
        arguments(
            "get /api/v1/namespaces/default/configmaps/kube-root?belay=@",
            policy(logged().resources(core("configmaps").named("kube-root")))),
        arguments(
            "get /api/v1/namespaces/omega?belay=@",
            policy(logged().resources(core("namespaces")).namespaces("omega"))),
        arguments("get /api/v1/namespaces/belay-@", policy(logged().resources(core("namespaces")))),
        arguments(
            "get /api/v1/namespaces/default/configmaps/belay-@",
            policy(none().nonResourceUrls("*"), logged())),
        arguments(
            "get /belay-@",
            policy(none().users("system:kube-proxy"), logged().users("kubernetes-admin"))),
        arguments(
            "get /api/v1/namespaces/%20%40/pods/belay-@",
            policy(logged().resources(core("pods")).namespaces(" @"))),
        arguments(
            "get /belay-@",
            policy(none().userGroups("system:nodes"), logged().userGroups("system:authenticated"))),
        arguments(
            "get /api/v1/namespaces/default/secrets/belay-@",
            policy(logged().omitStages(Stage.RESPONSE_COMPLETE).resources(core("secrets")))));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void asksForWhatThePolicyLogs(String request, Policy policy) {
    var probe = AuditProbe.of(policy).orElseThrow();

    assertThat(probe.verb() + " " + probe.uri()).isEqualTo(request.replaceFirst("[?]$", ""));
  }

  static Stream<Policy> silent() {
    return Stream.of(
        policy(none()),
        policy(logged().users("agent-smith")),
        policy(logged().verbs("create", "patch", "deletecollection")),
        policy(none().userGroups("system:masters"), logged()),
        policy(logged().userGroups("kubeadm:cluster-admins")),
        policy(logged().omitStages(Stage.REQUEST_RECEIVED)).omitStages(Stage.RESPONSE_COMPLETE),
        policy(logged().resources(core("secrets").named("token"))),
        policy(logged().verbs("delete").resources(core("configmaps").named("kube-root"))),
        policy(logged().verbs("delete").resources(core("namespaces")).namespaces("omega")),
        policy(logged().nonResourceUrls("/debug/pprof/*")),
        policy(logged().nonResourceUrls("/api/v1/nodes")));
  }

  @ParameterizedTest
  @MethodSource("silent")
  void asksForNothingWhereNoHarmlessRequestIsSurelyLogged(Policy policy) {
    assertThat(AuditProbe.of(policy)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "challenge4-solver.yaml",
        "killersh-not-noisy.yaml",
        "kubernetes-website.yaml",
        "regolibrary-pass.yaml"
      })
  void knowsARequestForForeignSamples(String name) {
    Optional<byte[]> sample = PolicySamples.foreign(name);
    assumeTrue(sample.isPresent(), "no sample folder beside the checkout");

    assertThat(AuditProbe.of(PolicyYaml.read(sample.get())))
        .hasValueSatisfying(probe -> assertThat(probe.uri()).contains("belay-@"));
  }

  @Test
  void deletesOnlyNamesThatAreMadeUpAndOnlyInADryRun() {
    for (var rule : PolicySamples.threeNamespaces().rules()) {
      assertThat(ProbeRequests.of(rule))
          .isNotEmpty()
          .filteredOn(request -> request.subcommand().equals("delete"))
          .isNotEmpty()
          .allMatch(request -> isMadeUp(request.uri()));
    }
  }

  private static boolean isMadeUp(String uri) {
    return uri.matches(".*/belay-@[?]dryRun=All");
  }
}
