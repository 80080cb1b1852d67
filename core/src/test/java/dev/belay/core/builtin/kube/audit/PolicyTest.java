package dev.belay.core.builtin.kube.audit;

import static dev.belay.core.builtin.kube.audit.GroupResources.core;
import static dev.belay.core.builtin.kube.audit.GroupResources.group;
import static dev.belay.core.builtin.kube.audit.Policy.policy;
import static dev.belay.core.builtin.kube.audit.Rule.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {

  @Test
  void readsWellInAPlaybook() {
    Policy policy =
        policy(
                rule(Level.NONE).users("system:kube-proxy").verbs(Verb.WATCH),
                rule(Level.REQUEST)
                    .resources(
                        core("configmaps"), group("apps").resources("deployments").named("web"))
                    .verbs("update", "patch"))
            .omitStages(Stage.REQUEST_RECEIVED, Stage.PANIC)
            .withoutManagedFields();

    assertThat(policy.rules().get(0).verbs()).containsExactly("watch");
    assertThat(policy.rules().get(1).resources())
        .containsExactly(
            new GroupResources("", List.of("configmaps"), List.of()),
            new GroupResources("apps", List.of("deployments"), List.of("web")));
    assertThat(policy.omitStages()).containsExactly(Stage.REQUEST_RECEIVED, Stage.PANIC);
    assertThat(policy.omitManagedFields()).contains(true);
  }

  @Test
  void eachMethodOfARuleSetsItsOwnFieldAndKeepsTheOthers() {
    Rule rule =
        rule(Level.METADATA)
            .users("u")
            .userGroups("g")
            .verbs("get")
            .namespaces("n")
            .resources(core("pods"))
            .nonResourceUrls("/x")
            .omitStages(Stage.PANIC)
            .withManagedFields();

    assertThat(rule)
        .isEqualTo(
            new Rule(
                Level.METADATA,
                List.of("u"),
                List.of("g"),
                List.of("get"),
                List.of("n"),
                List.of(core("pods")),
                List.of("/x"),
                Set.of(Stage.PANIC),
                Optional.of(false)));
    assertThat(rule.withoutManagedFields().omitManagedFields()).contains(true);
  }

  @Test
  void isNotChangedThroughTheListsItWasMadeOf() {
    var stages = new java.util.HashSet<>(Set.of(Stage.PANIC));
    Policy policy = new Policy(List.of(rule(Level.METADATA)), stages, Optional.empty());
    stages.clear();

    assertThat(policy.omitStages()).containsExactly(Stage.PANIC);
    assertThatThrownBy(() -> policy.omitStages().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  static List<Arguments> refused() {
    Rule paths = rule(Level.METADATA).nonResourceUrls("/healthz");
    String both =
        "rules[0].nonResourceURLs: Invalid value: [\"/healthz\"]: rules cannot apply to both"
            + " regular resources and non-resource URLs";
    String slash = "non-resource URL rules must begin with a '/' character";
    String last = "non-resource URL wildcards '*' must be the final character of the rule";
    String dns = "a lowercase RFC 1123 subdomain must consist of lower case";
    return List.of(
        Arguments.of(
            urls("healthz"), "rules[0].nonResourceURLs[0]: Invalid value: \"healthz\": " + slash),
        Arguments.of(urls(""), "rules[0].nonResourceURLs[0]: Invalid value: \"\": " + slash),
        Arguments.of(
            urls("/a", "/a*b"), "rules[0].nonResourceURLs[1]: Invalid value: \"/a*b\": " + last),
        Arguments.of(urls("/a**"), last),
        Arguments.of(
            resources(group("apps/v1")),
            "rules[0].resources.group: Invalid value: \"apps/v1\": " + dns),
        Arguments.of(resources(group("Apps")), dns),
        Arguments.of(resources(group("a".repeat(254))), "must be no more than 253 characters"),
        Arguments.of(
            resources(core().named("web")), "using resourceNames requires at least one resource"),
        Arguments.of(List.of(paths.resources(core("pods"))), both),
        Arguments.of(List.of(paths.namespaces("omega")), both),
        Arguments.of(List.of(), "loaded illegal policy with 0 rules"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesInTheApiServersOwnWordsAndSaysWhatToDo(List<Rule> rules, String text) {
    assertThatThrownBy(() -> policy(rules.toArray(Rule[]::new)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(text)
        .hasMessageContaining("\n    do: ");
  }

  @Test
  void refusesARuleWithoutLevel() {
    assertThatThrownBy(() -> rule(null))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("level: Required value");
  }

  @Test
  void namesEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                policy(
                    rule(Level.METADATA).nonResourceUrls("a"),
                    rule(Level.METADATA).resources(core("pods"), group("apps/v1"))))
        .isInstanceOfSatisfying(
            PolicyException.class,
            e ->
                assertThat(e.problems())
                    .extracting(PolicyProblem::path)
                    .containsExactly("rules[0].nonResourceURLs[0]", "rules[1].resources[1].group"));
  }

  @Test
  void acceptsEveryFormOfPathTheApiServerAccepts() {
    assertThat(policy(rule(Level.NONE).nonResourceUrls("*", "/", "/healthz*", "/version")).rules())
        .hasSize(1);
  }

  @Test
  void knowsTheOldestKubernetesThatDoesWhatItSays() {
    assertThat(policy(rule(Level.METADATA)).oldestMinor()).isEqualTo(12);
    assertThat(policy(rule(Level.METADATA).withManagedFields()).oldestMinor()).isEqualTo(23);
    assertThat(policy(rule(Level.METADATA)).withoutManagedFields().oldestMinor()).isEqualTo(23);
    assertThat(policy(rule(Level.METADATA).resources(group("*"))).oldestMinor()).isEqualTo(36);
  }

  private static List<Rule> urls(String first, String... more) {
    return List.of(rule(Level.METADATA).nonResourceUrls(first, more));
  }

  private static List<Rule> resources(GroupResources entry) {
    return List.of(rule(Level.METADATA).resources(entry));
  }
}
