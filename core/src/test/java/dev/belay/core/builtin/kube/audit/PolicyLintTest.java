package dev.belay.core.builtin.kube.audit;

import static dev.belay.core.builtin.kube.audit.GroupResources.core;
import static dev.belay.core.builtin.kube.audit.GroupResources.group;
import static dev.belay.core.builtin.kube.audit.Policy.policy;
import static dev.belay.core.builtin.kube.audit.Rule.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.kube.audit.Warning.Kind;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyLintTest {

  private static final Rule ANY = rule(Level.METADATA);

  private static Arguments warns(Rule rule, Kind kind, String... texts) {
    return Arguments.of(rule, kind, List.of(texts));
  }

  private static Rule on(GroupResources entry) {
    return ANY.resources(entry);
  }

  static List<Arguments> mistakes() {
    GroupResources web = core("configmaps").named("web");
    return List.of(
        warns(ANY.verbs("*"), Kind.WILDCARD, "verbs: \"*\"", "leave verbs out"),
        warns(ANY.namespaces("*"), Kind.WILDCARD, "namespaces: \"*\"", "leave namespaces out"),
        warns(ANY.users("*"), Kind.WILDCARD, "users: \"*\""),
        warns(
            ANY.users("system:serviceaccount:*"),
            Kind.WILDCARD,
            "letter by letter",
            "system:serviceaccounts:NAMESPACE"),
        warns(ANY.users("system:node:*"), Kind.WILDCARD, "system:nodes"),
        warns(ANY.userGroups("system:*"), Kind.WILDCARD, "userGroups: \"system:*\""),
        warns(on(core("pods").named("web-*")), Kind.WILDCARD, "resourceNames: \"web-*\""),
        warns(ANY.users("system:masters"), Kind.USER, "write it under userGroups"),
        warns(ANY.verbs("GET"), Kind.VERB, "lower case", "write \"get\""),
        warns(on(core("pods")).verbs("Create"), Kind.VERB, "lower case", "write \"create\""),
        warns(on(core("pods")).verbs("post"), Kind.VERB, "HTTP", "write \"create\""),
        warns(on(core("pods")).verbs("crate"), Kind.VERB, "write \"create\""),
        warns(on(core("pods")).verbs("exec"), Kind.VERB, "pods/exec"),
        warns(ANY.verbs("impersonate"), Kind.VERB, "impersonatedUser"),
        warns(ANY.nonResourceUrls("/version").verbs("list"), Kind.VERB, "write \"get\""),
        warns(on(core("deployments")), Kind.RESOURCE, "group \"apps\"", "never matches"),
        warns(on(core("tokenreviews")), Kind.RESOURCE, "authentication.k8s.io"),
        warns(on(core("deployments/scale")), Kind.RESOURCE, "group \"apps\""),
        warns(on(group("apps").resources("pods")), Kind.RESOURCE, "group \"\" (core)"),
        warns(on(core("pod")), Kind.RESOURCE, "write \"pods\""),
        warns(on(core("Pods")), Kind.RESOURCE, "lower case", "write \"pods\""),
        warns(on(core("svc")), Kind.RESOURCE, "write \"services\""),
        warns(on(core("deploy")), Kind.RESOURCE, "write \"deployments\" under \"apps\""),
        warns(on(core("widgets")), Kind.RESOURCE, "takes no custom ones"),
        warns(on(group("apps").resources("widgets")), Kind.RESOURCE, "unless it is a custom"),
        warns(on(core("*/*")), Kind.RESOURCE, "write \"*\""),
        warns(on(core("po*")), Kind.RESOURCE, "whole resource"),
        warns(on(core("pods/log/x")), Kind.RESOURCE, "never matches"),
        warns(on(core("")), Kind.RESOURCE, "never matches"),
        warns(on(core("pods/logs")), Kind.SUBRESOURCE, "write \"pods/log\""),
        warns(on(core("*/scales")), Kind.SUBRESOURCE, "write \"*/scale\""),
        warns(on(group("core").resources("pods")), Kind.GROUP, "write the core group as \"\""),
        warns(on(group("v1")), Kind.GROUP, "write the core group as \"\""),
        warns(on(group("app").resources("deployments")), Kind.GROUP, "write \"apps\""),
        warns(
            on(group("rbac.authorisation.k8s.io")),
            Kind.GROUP,
            "write \"rbac.authorization.k8s.io\""),
        warns(on(group("extensions").resources("ingresses")), Kind.GROUP, "1.22"),
        warns(on(group("*")), Kind.GROUP, "1.36"),
        warns(on(web).verbs("create"), Kind.RESOURCE_NAMES, "never matches"),
        warns(on(web).verbs("list"), Kind.RESOURCE_NAMES, "metadata.name"),
        warns(on(web).verbs("watch"), Kind.RESOURCE_NAMES, "metadata.name"),
        warns(on(web).verbs("deletecollection"), Kind.RESOURCE_NAMES, "never matches"),
        warns(on(core("nodes")).namespaces("omega"), Kind.NAMESPACE, "in no namespace"),
        warns(ANY.namespaces("Eden_Prime"), Kind.NAMESPACE, "cannot exist"),
        warns(
            ANY.nonResourceUrls("/api/v1/namespaces/omega/pods*"), Kind.PATH, "path of a resource"),
        warns(ANY.nonResourceUrls("/apis/apps/v1/deployments"), Kind.PATH, "path of a resource"),
        warns(ANY.nonResourceUrls("/healthz?verbose"), Kind.PATH, "query"),
        warns(on(core("pods", "*")), Kind.OVERLAP, "\"*\" beside it"),
        warns(on(core("pods", "pods/*")), Kind.OVERLAP, "\"pods/*\" beside it"),
        warns(on(core("pods", "pods")), Kind.OVERLAP, "2 times"),
        warns(on(core("pods/exec")).verbs("create"), Kind.HALF_EXEC, "websocket", "add verb get"),
        warns(on(core("pods/attach")).verbs("get"), Kind.HALF_EXEC, "add verb create"),
        warns(on(core("*/portforward")).verbs("create"), Kind.HALF_EXEC, "pods/portforward"),
        warns(rule(Level.REQUEST).nonResourceUrls("/healthz"), Kind.NO_BODY, "say level Metadata"),
        warns(rule(Level.REQUEST).resources(core("secrets")), Kind.SECRET_BODIES, "secrets"),
        warns(rule(Level.REQUEST_RESPONSE), Kind.SECRET_BODIES, "secrets and tokenreviews"),
        warns(
            ANY.omitStages(
                Stage.REQUEST_RECEIVED,
                Stage.RESPONSE_STARTED,
                Stage.RESPONSE_COMPLETE,
                Stage.PANIC),
            Kind.LOGS_NOTHING,
            "omits every stage"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void warnsOnceWithReasonAndAdvice(Rule rule, Kind kind, List<String> texts) {
    List<Warning> warnings = policy(rule).warnings();

    assertThat(warnings).extracting(Warning::kind).containsExactly(kind);
    assertThat(warnings.get(0).rule()).isEqualTo(OptionalInt.of(0));
    assertThat(warnings.get(0).toString()).contains(texts);
  }

  static List<Rule> fine() {
    return List.of(
        ANY,
        on(core("pods", "pods/log", "pods/exec", "services/proxy")),
        on(core("pods/exec")).verbs("create", "get"),
        on(core("pods/exec").named("web")).verbs("create", "get"),
        on(core("configmaps").named("web")).verbs("get", "update", "delete", "patch"),
        on(core("*/status")),
        on(core("namespaces")).namespaces("citadel"),
        on(core("nodes")).namespaces("omega", Rule.CLUSTER_SCOPED),
        on(group("velero.io").resources("backups")),
        on(group("serving.knative.dev").resources("services")),
        on(group("events.k8s.io").resources("events")),
        on(group("extensions")),
        on(group("authentication.k8s.io").resources("tokenreviews")),
        rule(Level.REQUEST_RESPONSE).resources(core("pods")),
        ANY.nonResourceUrls("/api*", "/version", "/apis/apps/v1", "/healthz/etcd")
            .verbs("get", "post"),
        ANY.verbs("get", "post", "deletecollection"),
        ANY.users("system:kube-proxy", "system:serviceaccount:a:b").userGroups("system:masters"));
  }

  @ParameterizedTest
  @MethodSource("fine")
  void doesNotWarnOfWhatIsRight(Rule rule) {
    assertThat(policy(rule).warnings()).isEmpty();
  }

  static List<Arguments> reach() {
    Rule pods = on(core("pods"));
    Rule two = on(core("pods", "secrets"));
    Rule none = rule(Level.NONE);
    return List.of(
        Arguments.of(ANY, pods, Kind.UNREACHABLE),
        Arguments.of(none, ANY.nonResourceUrls("/x"), Kind.UNREACHABLE),
        Arguments.of(two, pods.namespaces("omega").verbs("get"), Kind.UNREACHABLE),
        Arguments.of(on(core()), two, Kind.UNREACHABLE),
        Arguments.of(on(core("*")), on(core("pods/log")), Kind.UNREACHABLE),
        Arguments.of(on(core("pods/*")), on(core("pods", "pods/log")), Kind.UNREACHABLE),
        Arguments.of(on(core("*/log")), on(core("pods/log")), Kind.UNREACHABLE),
        Arguments.of(ANY.namespaces("a", "b"), pods.namespaces("b"), Kind.UNREACHABLE),
        Arguments.of(ANY.users("a", "b"), pods.users("a"), Kind.UNREACHABLE),
        Arguments.of(
            ANY.nonResourceUrls("/api*"),
            ANY.nonResourceUrls("/apis", "/api/x*"),
            Kind.UNREACHABLE),
        Arguments.of(pods, on(core("pods").named("x")), Kind.UNREACHABLE),
        Arguments.of(two, on(core("secrets", "pods")), Kind.DUPLICATE),
        Arguments.of(none.verbs("get"), ANY.verbs("get"), Kind.DUPLICATE),
        Arguments.of(ANY, rule(Level.NONE), Kind.DUPLICATE));
  }

  @ParameterizedTest
  @MethodSource("reach")
  void warnsOfARuleThatAnEarlierOneTakesAway(Rule first, Rule second, Kind kind) {
    List<Warning> warnings = policy(first, second, ANY.omitStages(Stage.PANIC)).warnings();

    assertThat(warnings)
        .filteredOn(w -> w.rule().equals(OptionalInt.of(1)))
        .extracting(Warning::kind)
        .containsExactly(kind);
    assertThat(warnings.toString()).contains("rules[0]");
  }

  static List<Arguments> reachable() {
    Rule pods = on(core("pods"));
    return List.of(
        Arguments.of(pods, on(core("pods/log"))),
        Arguments.of(pods, on(core("pods", "secrets"))),
        Arguments.of(pods, on(group("metrics.k8s.io").resources("pods"))),
        Arguments.of(pods.namespaces("a"), pods.namespaces("b")),
        Arguments.of(pods.namespaces("a"), pods),
        Arguments.of(pods.verbs("get"), pods.verbs("get", "list")),
        Arguments.of(pods, ANY.nonResourceUrls("/x")),
        Arguments.of(ANY.nonResourceUrls("*"), pods),
        Arguments.of(ANY.namespaces("a"), ANY.nonResourceUrls("/x")),
        Arguments.of(on(core("pods").named("x")), pods),
        Arguments.of(on(core("*/log")), pods),
        Arguments.of(ANY.userGroups("a"), ANY.userGroups("a", "b")));
  }

  @ParameterizedTest
  @MethodSource("reachable")
  void doesNotCallARuleUnreachableThatSomeRequestReaches(Rule first, Rule second) {
    assertThat(policy(first, second).warnings()).isEmpty();
  }

  @Test
  void findsARuleThatSeveralEarlierOnesTakeAwayTogether() {
    Policy policy =
        policy(on(core("pods")), on(core("secrets")), on(core("pods", "secrets")).verbs("get"));

    assertThat(policy.warnings()).hasSize(1);
    assertThat(policy.warnings().get(0).why()).contains("rules[0], rules[1] take all its requests");
  }

  @Test
  void doesNotCallExecHalfWhenAnotherRuleHasTheOtherVerb() {
    Rule create = on(core("pods/exec")).verbs("create");
    Rule get = on(core("pods/exec")).verbs("get");

    assertThat(policy(create, get).warnings()).isEmpty();
  }

  @Test
  void doesNotWarnOfSecretsThatAnEarlierRuleKeepsAtMetadata() {
    Rule guard =
        on(core("secrets"))
            .resources(core("secrets"), group("authentication.k8s.io").resources("tokenreviews"));

    assertThat(policy(guard, rule(Level.REQUEST_RESPONSE)).warnings()).isEmpty();
  }

  @Test
  void warnsOfAPolicyThatLogsNothing() {
    assertThat(policy(rule(Level.NONE)).warnings())
        .extracting(Warning::kind, Warning::rule)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Kind.LOGS_NOTHING, OptionalInt.empty()));
  }
}
