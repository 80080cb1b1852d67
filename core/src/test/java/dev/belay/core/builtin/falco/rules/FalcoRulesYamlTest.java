package dev.belay.core.builtin.falco.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.core.SharedSamples;
import dev.belay.core.builtin.falco.FalcoPriority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FalcoRulesYamlTest {

  private static final FalcoVersion NEW = FalcoVersion.of(0, 44);
  private static final String FORMATS = "falco/rules-format-tests-0.31.1";

  /** What Falco's own tests say of each of its invalid files, and what of it shows in one file. */
  private static final Map<String, String> INVALID =
      Map.ofEntries(
          Map.entry(
              "invalid_append_macro.yaml", "line 1, column 3: macro \"some macro\" has a name"),
          Map.entry("invalid_append_macro_multiple_docs.yaml", "macro \"some macro\" has a name"),
          Map.entry(
              "invalid_overwrite_macro_multiple_docs.yaml", "macro \"some macro\" has a name"),
          Map.entry(
              "invalid_array_item_not_object.yaml",
              "line 1, column 3: an item is the text \"foo\""),
          Map.entry("invalid_append_rule_multiple_docs.yaml", "begins with neither"),
          Map.entry("invalid_engine_version_not_number.yaml", "not a number or x.y.z"),
          Map.entry("invalid_missing_list_name.yaml", "line 1, column 8: list is empty"),
          Map.entry("invalid_missing_rule_name.yaml", "line 1, column 8: rule is empty"),
          Map.entry("invalid_not_yaml.yaml", "line 1, column 1: the file is the text"),
          Map.entry("invalid_rule_without_output.yaml", "rule \"no output rule\" has no output"),
          Map.entry(
              "invalid_macro_comple_error.yaml", "macro \"macro with comp error\" has a name"),
          Map.entry("append_item_no_name.yaml", "an exception has no name"),
          Map.entry("item_comps_fields_len_mismatch.yaml", "another number of ways"),
          Map.entry("item_no_fields.yaml", "exception \"ex1\" of rule \"My Rule\" has no fields"),
          Map.entry("item_unknown_comp.yaml", "compares by \"no-comp\""));

  /** These are wrong only together with other files, or on an engine that lacks something. */
  private static final List<String> WRONG_IN_COMPANY =
      List.of(
          "invalid_base_rule.yaml",
          "invalid_overwrite_rule_multiple_docs.yaml",
          "engine_version_mismatch.yaml");

  static List<Path> samples() {
    return Stream.of(
            "falco",
            FORMATS,
            FORMATS + "/exceptions",
            FORMATS + "/k8s_audit",
            FORMATS + "/k8s_audit/engine_v4",
            FORMATS + "/plugins",
            FORMATS + "/rules_dir")
        .flatMap(folder -> SharedSamples.in(folder, "").stream())
        .filter(file -> !file.getFileName().toString().startsWith("falco-0."))
        .toList();
  }

  @Test
  void readsEverySampleOrRefusesItAsItsKindSays() throws IOException {
    for (Path sample : samples()) {
      String name = sample.getFileName().toString();
      byte[] bytes = Files.readAllBytes(sample);
      if (INVALID.containsKey(name)) {
        assertThatThrownBy(() -> FalcoRulesYaml.read(bytes))
            .as(name)
            .isInstanceOf(FalcoRulesException.class)
            .hasMessageContaining(INVALID.get(name))
            .hasMessageContaining("do: ");
      } else {
        assertThat(WRONG_IN_COMPANY.contains(name) || !name.startsWith("invalid"))
            .as(name)
            .isTrue();
        comesBack(name, FalcoRulesYaml.read(bytes));
      }
    }
  }

  private static void comesBack(String name, FalcoRules rules) {
    String text = FalcoRulesYaml.write(rules, NEW);
    assertThat(FalcoRulesYaml.read(text.getBytes(StandardCharsets.UTF_8)))
        .as(name)
        .isEqualTo(rules);
    assertThat(FalcoRulesYaml.write(rules, NEW)).isEqualTo(text);
  }

  /** The default rules of both versions are whole in themselves: nothing undefined in them. */
  @Test
  void findsNothingToSayAgainstTheDefaultRules() throws IOException {
    for (Path sample : SharedSamples.in("falco", "falco_rules-")) {
      RuleSet set = new RuleSet().load(FalcoRulesYaml.read(Files.readAllBytes(sample)).items());

      assertThat(set.problems()).as(sample.toString()).isEmpty();
      assertThat(set.defines(new FalcoMacro("spawned_process", "evt.num>0", Merge.REPLACE)))
          .isTrue();
      assertThat(set.load(PackageManagement.RULES.items()).problems()).isEmpty();
    }
  }

  @Test
  void findsWhatIsWrongOnlyInCompany() {
    String rule =
        "- rule: r\n  desc: d\n  condition: evt.type=open\n  output: o\n  priority: INFO\n";

    assertThat(problems(rule + "---\n" + rule.replace("evt.type=open", "bar")))
        .containsExactly("rule \"r\" names macro \"bar\", which is defined nowhere");
    assertThat(
            problems("- macro: is_cat\n  condition: is_dog\n- macro: is_dog\n  condition: a.b=1\n"))
        .containsExactly("macro \"is_cat\" names macro \"is_dog\", which is defined only after it");
    assertThat(problems("- list: l\n  items: [a]\n  append: true\n"))
        .containsExactly("list \"l\" changes what no earlier file has");
    assertThat(problems(rule + "- rule: s\n  enabled: false\n"))
        .containsExactly("change of rule \"s\" changes what no earlier file has");
  }

  private static List<String> problems(String yaml) {
    return new RuleSet()
        .load(read(yaml).items()).problems().stream().map(RulesProblem::text).toList();
  }

  @Test
  void readsTheFormsOfAllVersionsAlike() {
    assertThat(read("- rule: r\n  append: true\n  condition: and fd.name=/tmp\n"))
        .isEqualTo(
            read("- rule: r\n  condition: and fd.name=/tmp\n  override:\n    condition: append\n"))
        .isEqualTo(FalcoRules.of(RuleChange.of("r").moreCondition("and fd.name=/tmp")));
    assertThat(read("- rule: r\n  enabled: false\n"))
        .isEqualTo(read("- rule: r\n  enabled: no\n  override: {enabled: replace}\n"))
        .isEqualTo(FalcoRules.of(RuleChange.of("r").disabled()));
    assertThat(read("- list: l\n  items: [a, 443]\n  append: true\n"))
        .isEqualTo(read("- list: l\n  items: [a, '443']\n  override: {items: append}\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          - rule: r\\n  condition: evt.num>0\\n  desc: d\\n  outptu: o\\n  priority: INFO | unknown key "outptu" in rule; did you mean "output"?
          - rule: r\\n  condition: evt.num>0\\n  desc: d\\n  output: o\\n  priority: WARN | priority is "WARN"
          - rule: r\\n  condition: evt.num>\\n  desc: d\\n  output: o\\n  priority: INFO | write a value there
          - rule: r\\n  output: o\\n  override: {ouput: replace} | key "ouput" cannot be overridden
          - rule: r\\n  output: o\\n  priority: INFO\\n  override: {output: replace} | Unexpected key 'priority'
          - rule: r\\n  output: o\\n  override: {output: replace, desc: replace} | desc was specified but desc is not defined
          - rule: r\\n  priority: INFO\\n  override: {priority: append} | appends to priority
          - rule: r\\n  output: o\\n  append: true\\n  override: {output: append} | append and override do not go together
          - rule: r\\n  tags: [a]\\n  append: true | must have exceptions or condition
          - rule: r\\n  rule: s\\n  enabled: true | key "rule" is there twice
          - macro: m-1\\n  condition: evt.num>0 | no condition can refer to
          - list: l m\\n  items: [] | no condition can refer to
          - list: l\\n  items: a | items is the text "a", not a list
          - lits: l\\n  items: [a] | unknown item "lits"
          """)
  void refusesWithTheReason(String yaml, String reason) {
    FalcoRulesException refused =
        catchThrowableOfType(
            FalcoRulesException.class, () -> read(yaml.strip().replace("\\n", "\n")));

    assertThat(refused).hasMessageContaining(reason.strip());
    assertThat(refused.problems().get(0).line()).isPositive();
  }

  @Test
  void writesTextsFoldedAndEverythingElseOnOneLine() {
    FalcoRule rule =
        FalcoRule.named("Terminal: a shell")
            .condition("evt.type = execve\n  and proc.name in (\"a b\", bash)  \n")
            .output("A shell (cmd=%proc.cmdline)")
            .priority(FalcoPriority.WARNING)
            .tags("a:b", "T1")
            .except(
                RuleException.on("cat", "proc.name", "fd.name")
                    .comparedBy("=", "startswith")
                    .value("cat", "/tmp/x, y"));

    assertThat(FalcoRulesYaml.write(FalcoRules.of(rule), NEW))
        .isEqualTo(
            """
            - rule: "Terminal: a shell"
              desc: >-
                Terminal: a shell
              condition: >-
                evt.type = execve and proc.name in ("a b", bash)
              output: >-
                A shell (cmd=%proc.cmdline)
              priority: WARNING
              tags: ['a:b', T1]
              exceptions:
                - name: cat
                  fields: [proc.name, fd.name]
                  comps: ["=", startswith]
                  values:
                    - [cat, "/tmp/x, y"]
            """);
    comesBack("rule", FalcoRules.of(rule));
  }

  @Test
  void wrapsLongTextsSoThatTheyReadBackTheSame() {
    String condition = "evt.num>0 " + "and fd.name != \"two  blanks\" ".repeat(30).strip();
    comesBack("long", FalcoRules.of(new FalcoMacro("m", condition, Merge.REPLACE)));
    assertThat(
            FalcoRulesYaml.write(FalcoRules.of(new FalcoMacro("m", condition, Merge.REPLACE)), NEW))
        .matches("(?s)(.{0,100}\n)+");
  }

  @Test
  void hasNoWordsForAChangeBeforeOverrideCame() {
    FalcoRules change = FalcoRules.of(RuleChange.of("r").output("o"));

    assertThat(FalcoRulesYaml.write(change, FalcoVersion.of(0, 37)))
        .isEqualTo("- rule: r\n  output: o\n  override:\n    output: replace\n");
    assertThatThrownBy(() -> FalcoRulesYaml.write(change, FalcoVersion.of(0, 36)))
        .hasMessageContaining("cannot be written for Falco 0.36.0");
    assertThat(
            FalcoRulesYaml.write(
                FalcoRules.of(new FalcoList("l", List.of("a"), Merge.APPEND)),
                FalcoVersion.of(0, 36)))
        .isEqualTo("- list: l\n  items: [a]\n  append: true\n");
  }

  private static FalcoRules read(String yaml) {
    return FalcoRulesYaml.read(yaml.getBytes(StandardCharsets.UTF_8));
  }
}
