package dev.belay.core.builtin.kube.audit;

import static dev.belay.core.builtin.kube.audit.GroupResources.core;
import static dev.belay.core.builtin.kube.audit.GroupResources.group;
import static dev.belay.core.builtin.kube.audit.Policy.policy;
import static dev.belay.core.builtin.kube.audit.PolicySamples.read;
import static dev.belay.core.builtin.kube.audit.Rule.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.belay.core.builtin.kube.audit.Warning.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyYamlTest {

  private static final String HEAD = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";

  @Test
  void writesBlockStyleWithAllFieldsInOneOrder() {
    Policy policy =
        policy(
                rule(Level.REQUEST)
                    .users("system:serviceaccount:a:b")
                    .userGroups("no")
                    .verbs(Verb.UPDATE)
                    .namespaces("omega", "")
                    .resources(
                        core("pods", "*/scale"), group("apps").resources("deployments").named("7"))
                    .omitStages(Stage.PANIC)
                    .withManagedFields(),
                rule(Level.NONE).nonResourceUrls("/healthz*"))
            .omitStages(Stage.RESPONSE_STARTED, Stage.REQUEST_RECEIVED)
            .withoutManagedFields();

    assertThat(PolicyYaml.write(policy))
        .isEqualTo(
            """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages:
              - RequestReceived
              - ResponseStarted
            omitManagedFields: true
            rules:
              - level: Request
                users:
                  - system:serviceaccount:a:b
                userGroups:
                  - "no"
                verbs:
                  - update
                namespaces:
                  - omega
                  - ""
                resources:
                  - group: ""
                    resources:
                      - pods
                      - "*/scale"
                  - group: apps
                    resources:
                      - deployments
                    resourceNames:
                      - "7"
                omitStages:
                  - Panic
                omitManagedFields: false
              - level: None
                nonResourceURLs:
                  - "/healthz*"
            """);
    assertThat(read(PolicyYaml.write(policy))).isEqualTo(policy);
  }

  @Test
  void readsFlowStyleCommentsMetadataAndTrailingBlanks() {
    String yaml =
        """
        # who touches what
        apiVersion: audit.k8s.io/v1\s
        kind: Policy
        metadata: {name: mine}
        omitStages: ["RequestReceived"]
        rules:
        - level: Metadata
          resources:
          - group: "" # core
            resources: ["pods",'configmaps']
          namespaces: [omega, citadel, eden-prime]
        """;

    assertThat(read(yaml)).isEqualTo(PolicySamples.threeNamespaces());
    assertThat(read("\uFEFF" + yaml.replace("\n", "\r\n")))
        .isEqualTo(PolicySamples.threeNamespaces());
  }

  private static Arguments refuses(String yaml, int line, int column, String... texts) {
    return Arguments.of(yaml, "line " + line + ", column " + column + ": ", List.of(texts));
  }

  private static String withRule(String rule) {
    return HEAD + "rules:\n- level: Metadata\n" + rule.indent(2);
  }

  static List<Arguments> refused() {
    String rules = "rules: [{level: Metadata}]\n";
    String ignored = "an API server ignores it and starts";
    return List.of(
        // Unknown and misplaced fields.
        refuses(
            withRule("resources:\n- groups: \"\""), 6, 5, "\"groups\"", "mean \"group\"?", ignored),
        refuses(withRule("resources:\n- apiGroups: [\"\"]"), 6, 5, "did you mean \"group\"?"),
        refuses(withRule("nonResourceUrls: [\"/x\"]"), 5, 3, "did you mean \"nonResourceURLs\"?"),
        refuses(withRule("verb: [get]"), 5, 3, "did you mean \"verbs\"?"),
        refuses(withRule("group: \"\""), 5, 3, "indentation", "entry of a rule's resources"),
        refuses(withRule("resources:\n- verbs: [get]"), 6, 5, "indent it less", "a rule"),
        refuses(withRule("colour: red"), 5, 3, "unknown field \"colour\" in rules[0]", "remove it"),
        refuses(HEAD + "omitStage: []\n" + rules, 3, 1, "did you mean \"omitStages\"?"),
        refuses(
            HEAD + "rules:\n- level: Metadata\nnamespaces: [omega]\n",
            5,
            1,
            "is the indentation wrong?",
            "it is a field of a rule: indent it"),
        refuses(
            HEAD + "rules:\n- level: Metadata\nresources:\n- group: \"\"\nresources: [\"pods\"]\n",
            5,
            1,
            "unknown field \"resources\" in the policy",
            "line 7, column 1"),
        refuses(withRule("<<: {a: b}"), 5, 3, "merge keys"),
        refuses(withRule("1: x"), 5, 3, "the number 1", "quote the key"),
        // Repeated fields.
        refuses(withRule("users: [a]\nusers: [b]"), 6, 3, "\"users\" is in rules[0] twice"),
        refuses(HEAD + "kind: Policy\n" + rules, 3, 1, "\"kind\" is in the policy twice"),
        // Header.
        refuses(
            "apiVersion: audit.k8s.io/v1beta1\nkind: Policy\n" + rules,
            1,
            13,
            "no kind \"Policy\" is registered for version \"audit.k8s.io/v1beta1\"",
            "write apiVersion: audit.k8s.io/v1"),
        refuses(
            "apiVersion: v1\nkind: Policy\n" + rules, 1, 13, "write apiVersion: audit.k8s.io/v1"),
        refuses("kind: Policy\n" + rules, 1, 1, "apiVersion is missing"),
        refuses("apiVersion: audit.k8s.io/v1\n" + rules, 1, 1, "Object 'Kind' is missing"),
        refuses("apiVersion: audit.k8s.io/v1\nkind: policy\n" + rules, 2, 7, "write kind: Policy"),
        // Values.
        refuses(
            HEAD + "rules:\n- level: metadata\n",
            4,
            10,
            "\"metadata\": supported",
            "write Metadata"),
        refuses(HEAD + "rules:\n- level: All\n", 4, 10, "supported values: \"None\", \"Metadata\""),
        refuses(HEAD + "rules:\n- verbs: [get]\n", 4, 3, "rules[0].level: Required value"),
        refuses(HEAD + "omitStages: [requestReceived]\n" + rules, 3, 14, "write RequestReceived"),
        refuses(
            withRule("omitStages:\n- Started"),
            6,
            5,
            "rules[0].omitStages[0]: Invalid value: \"Started\": allowed stages are"
                + " RequestReceived,ResponseStarted,ResponseComplete,Panic"),
        refuses(HEAD + "omitManagedFields: \"true\"\n" + rules, 3, 20, "not a boolean"),
        refuses(withRule("namespaces: omega"), 5, 15, "is the text \"omega\"", "a list of texts"),
        refuses(withRule("namespaces:"), 5, 14, "is empty", "matches everything"),
        refuses(withRule("namespaces: [no]"), 5, 16, "the boolean no", "quote it"),
        refuses(withRule("users: [12]"), 5, 11, "the number 12", "quote it"),
        refuses(withRule("users: [a, ]\nuserGroups: [a, ~]"), 6, 19, "is empty"),
        refuses(withRule("resources: [pods]"), 5, 15, "not a mapping", "group: \"\""),
        refuses(withRule("resources:"), 5, 13, "matches everything"),
        refuses(HEAD + "rules: []\n", 3, 8, "loaded illegal policy with 0 rules"),
        refuses(HEAD + "rules:\n", 3, 7, "rules is empty"),
        refuses(HEAD, 1, 1, "loaded illegal policy with 0 rules"),
        refuses(HEAD + "rules: {level: Metadata}\n", 3, 8, "a mapping", "a list of rules"),
        refuses(HEAD + "rules: [Metadata]\n", 3, 9, "rules[0] is the text", "- level:"),
        // What the server itself checks, at its place in the file.
        refuses(
            withRule("resources:\n- group: \"\"\n- group: apps/v1"),
            7,
            12,
            "leave the version out"),
        refuses(withRule("nonResourceURLs: [\"/a\", \"b\"]"), 5, 27, "must begin with a '/'"),
        refuses(
            withRule("resources:\n- group: \"\"\n  resourceNames: [x]"),
            7,
            20,
            "using resourceNames requires at least one resource"),
        refuses(
            withRule("namespaces: [a]\nnonResourceURLs: [\"/a\"]"),
            6,
            20,
            "rules cannot apply to both regular resources and non-resource URLs"),
        // No YAML, or not one small document.
        refuses("", 1, 1, "the file is empty"),
        refuses("# nothing\n", 1, 1, "the file is empty"),
        refuses("- level: Metadata\n", 1, 1, "the file is a list"),
        refuses(HEAD + "rules:\n\t- level: Metadata\n", 4, 1, "indent with spaces"),
        refuses(HEAD + "rules:\n {% if x %}\n", 4, 3, "looks like a template"),
        refuses(HEAD + "rules:\n- level: Metadata\n   users: [a]\n", 5, 9, "not YAML"),
        refuses(HEAD + rules + "---\n" + HEAD, 4, 1, "second document"),
        refuses(HEAD + rules + "omitStages: " + "[".repeat(60), 1, 1, "smaller and simpler"),
        refuses("a: \"" + "x".repeat(1 << 20) + "\"", 1, 1, "smaller and simpler"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWithPlaceFieldAndWhatWasMeant(String yaml, String place, List<String> texts) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(place)
        .hasMessageContaining("\n    do: ")
        .extracting(Throwable::getMessage)
        .satisfies(message -> assertThat(message).contains(texts));
  }

  @Test
  void refusesBytesThatAreNotUtf8WithTheirPlace() {
    byte[] latin1 = (HEAD + "rules: [] # \u00e9").getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> PolicyYaml.read(latin1))
        .hasMessageContaining("line 3, column 13: the file is not UTF-8");
  }

  @Test
  void refusesAnAliasBomb() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> read(yaml.toString()))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("alias");
  }

  @Test
  void namesAllThatIsWrongInTheOrderOfTheFile() {
    String yaml = "kind: Policies\nrules:\n- level: metadata\n  verb: [get]\n";

    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(
            PolicyException.class,
            e ->
                assertThat(e.problems())
                    .extracting(PolicyProblem::line)
                    .containsExactly(1, 1, 3, 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes-website.yaml", "challenge4-solver.yaml"})
  void acceptsForeignSamplesWithoutAWarning(String name) {
    assertThat(foreign(name).warnings()).isEmpty();
  }

  @Test
  void readsTheSolutionOfTheLabAsTheSamePolicyAsTheTypes() {
    assertThat(foreign("challenge4-solver.yaml")).isEqualTo(PolicySamples.threeNamespaces());
  }

  @Test
  void warnsOfResourcesUnderTheWrongGroupInAForeignSample() {
    assertThat(foreign("regolibrary-pass.yaml").warnings())
        .filteredOn(warning -> warning.kind() == Kind.RESOURCE)
        .extracting(Warning::text)
        .containsExactly(
            "resource \"deployments\" under group \"\" (core)",
            "resource \"tokenreviews\" under group \"\" (core)");
  }

  @Test
  void warnsOfSecretsInAForeignSampleThatLogsAllBodies() {
    assertThat(foreign("killersh-not-noisy.yaml").warnings())
        .extracting(Warning::kind)
        .containsExactly(Kind.SECRET_BODIES);
  }

  static List<Arguments> foreignRefused() {
    return List.of(
        Arguments.of("gce-1.7-INVALID-today.yaml", "apiVersion is missing"),
        Arguments.of("kubespray-template.yaml.j2", "looks like a template"),
        Arguments.of("falco-0.20-k8s_audit_config.yaml", "audit.k8s.io/v1beta1"));
  }

  @ParameterizedTest
  @MethodSource("foreignRefused")
  void refusesForeignSamplesNoApiServerOfTodayTakes(String name, String text) {
    Optional<byte[]> sample = PolicySamples.foreign(name);
    assumeThat(sample).isPresent();

    assertThatThrownBy(() -> PolicyYaml.read(sample.orElseThrow()))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(text);
  }

  @Test
  void refusesTheGroupsWithVersionsOfAnOldSampleEvenWithAHeader() {
    Optional<byte[]> sample = PolicySamples.foreign("gce-1.7-INVALID-today.yaml");
    assumeThat(sample).isPresent();
    String text = HEAD + new String(sample.orElseThrow(), StandardCharsets.UTF_8);

    assertThatThrownBy(() -> read(text))
        .hasMessageContaining("14 problems")
        .hasMessageContaining("rules[9].resources.group: Invalid value: \"apps/v1beta1\"");
  }

  private static Policy foreign(String name) {
    Optional<byte[]> sample = PolicySamples.foreign(name);
    assumeThat(sample).isPresent();
    return PolicyYaml.read(sample.orElseThrow());
  }
}
