package dev.belay.testkit.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.falco.FalcoPriority;
import dev.belay.core.builtin.falco.rules.EngineVersion;
import dev.belay.core.builtin.falco.rules.FalcoItem;
import dev.belay.core.builtin.falco.rules.FalcoMacro;
import dev.belay.core.builtin.falco.rules.FalcoRule;
import dev.belay.core.builtin.falco.rules.FalcoRules;
import dev.belay.core.builtin.falco.rules.FalcoRulesFile;
import dev.belay.core.builtin.falco.rules.FalcoVersion;
import dev.belay.core.builtin.falco.rules.FalcoVersionFact;
import dev.belay.core.builtin.falco.rules.Merge;
import dev.belay.core.builtin.falco.rules.PackageManagement;
import dev.belay.core.builtin.falco.rules.RuleChange;
import dev.belay.core.change.WriteFile;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FalcoRulesFileTest implements StepContract {

  private static final String BASE =
      """
      - list: shell_binaries
        items: [bash, sh]
      - macro: spawned_process
        condition: evt.type in (execve, execveat)
      - macro: container
        condition: (container.id != host)
      - rule: Terminal shell in container
        desc: A shell
        condition: spawned_process and container and proc.name in (shell_binaries)
        output: A shell (user=%user.name)
        priority: NOTICE
        tags: [shell]
      """;
  private static final String LOCAL = "# Hands off: mine\n- list: mine\n  items: [a] # why\n";
  private static final String CHANGED = "%evt.time.s,%container.name,%user.name";

  /** A program that answers as far as the step asks. */
  private static final String FALCO =
      """
      #!/bin/sh
      case $1 in
        --version) echo 'Sun Nov 22 10:00:00 2026: Falco initialized'; echo 'Falco version: 0.40.0 (x86_64)' ;;
        -V) [ "$*" = '-V /etc/falco/falco_rules.yaml -V /etc/falco/falco_rules.local.yaml' ] ;;
        --dry-run) ;;
        *) exit 9 ;;
      esac
      """;

  private static FalcoRulesFile step(FalcoItem... items) {
    return new FalcoRulesFile(FalcoRules.of(items));
  }

  @Override
  public PlayItem item() {
    return step(
        new FalcoMacro("quiet_id", "proc.name=\"it's $(id)\"", Merge.REPLACE),
        RuleChange.of("Terminal shell in container")
            .output(CHANGED + " '$(touch /pwned)'")
            .and(RuleChange.of("Terminal shell in container").moreCondition("and not quiet_id")));
  }

  @Override
  public String arrange() {
    return "mkdir -p /etc/falco && cat > /etc/falco/falco_rules.yaml <<'END'\n"
        + BASE
        + "END\ncat > /etc/falco/falco_rules.local.yaml <<'END'\n"
        + LOCAL
        + "END\ncat > /usr/bin/falco <<'END'\n"
        + FALCO
        + "END\nchmod 0755 /usr/bin/falco";
  }

  @Override
  public FakeHost fakeHost() {
    return host(FalcoVersion.of(0, 40));
  }

  private static FakeHost host(FalcoVersion version) {
    return new FakeHost()
        .file("/etc/falco/falco_rules.yaml", "0644", BASE)
        .file("/etc/falco/falco_rules.local.yaml", "0644", LOCAL)
        .with(new FalcoVersionFact(), Optional.of(version));
  }

  @Override
  public String proof() {
    return "[ ! -e /pwned ] && [ \"$(head -n 3 /etc/falco/falco_rules.local.yaml)\" = '"
        + LOCAL.strip()
        + "' ]";
  }

  private static PlannedTask check(FakeHost host, PlayItem item) {
    return host.check(new Playbook("p", List.of(Play.of("p").tasks(item)))).get(0);
  }

  private static String written(FakeHost host, PlayItem item) {
    PlannedTask planned = check(host, item);
    assertThat(planned.outcome()).isInstanceOf(Outcome.WouldChange.class);
    return ((WriteFile) planned.changes().get(0)).content().text().orElseThrow();
  }

  private static String refused(FakeHost host, PlayItem item) {
    return ((Outcome.Fails) check(host, item).outcome()).problem().got();
  }

  @Test
  void saysOnlyWhatChangesWhereFalcoKnowsOverride() {
    RuleChange change = RuleChange.of("Terminal shell in container").output(CHANGED);

    assertThat(written(host(FalcoVersion.of(0, 37)), step(change)))
        .isEqualTo(
            LOCAL
                + """
                # BEGIN belay rules: kept by Belay, what is edited up to its end is lost
                - rule: Terminal shell in container
                  output: "%s"
                  override:
                    output: replace
                # END belay rules
                """
                    .formatted(CHANGED));
  }

  @Test
  void repeatsTheWholeRuleBefore() {
    RuleChange change = RuleChange.of("Terminal shell in container").output(CHANGED);

    assertThat(written(host(FalcoVersion.of(0, 36)), step(change)))
        .endsWith(
            """
            - rule: Terminal shell in container
              desc: >-
                A shell
              condition: >-
                spawned_process and container and proc.name in (shell_binaries)
              output: "%s"
              priority: NOTICE
              tags: [shell]
            # END belay rules
            """
                .formatted(CHANGED));
  }

  @Test
  void refusesWhatTheFilesOfTheHostDoNotHave() {
    assertThat(refused(fakeHost(), step(RuleChange.of("Terminal shel in container").output("x"))))
        .contains("changes what no earlier file has; did you mean \"Terminal shell in container\"?")
        .contains("loads /etc/falco/falco_rules.yaml, /etc/falco/falco_rules.local.yaml");
    assertThat(refused(fakeHost(), step(rule("spawned_proces"))))
        .contains("macro \"spawned_proces\", which is defined nowhere; did you mean");
    assertThat(refused(fakeHost(), step(rule("container")).in("/etc/falco/other/x.yaml")))
        .contains("Falco loads no file of that name");
    assertThat(
            refused(
                host(new FalcoVersion(0, 40, 0, Optional.of("46"))),
                step(new EngineVersion("0.57.0"), rule("container"))))
        .contains("require engine version 0.57.0, but engine version is 46");
  }

  @Test
  void seesAMacroOfAFileThatFalcoLoadsBeforeButNotOfALaterOne() {
    FakeHost host =
        fakeHost()
            .file("/etc/falco/rules.d/90-late.yaml", "0644", "- macro: late\n  condition: a.b=1\n");
    PlayItem macro = step(new FalcoMacro("m", "container and late", Merge.REPLACE));

    assertThat(refused(host, macro)).contains("\"late\", which is defined only after it");
    assertThat(written(host, ((FalcoRulesFile) macro).in("/etc/falco/rules.d/99-ours.yaml")))
        .contains("container and late");
    assertThat(written(host, step(rule("late")))).contains("late");
  }

  @Test
  void looksWhereFalcoYamlSaysThatRulesLie() {
    FakeHost host =
        fakeHost()
            .file("/etc/falco/falco.yaml", "0644", "rules_files: [/srv/base.yaml, /srv/ours]\n")
            .file("/srv/base.yaml", "0644", "- macro: elsewhere\n  condition: a.b=1\n")
            .directory("/srv/ours");
    FalcoRulesFile step = step(rule("elsewhere"));

    assertThat(written(host, step.in("/srv/ours/x.yaml"))).contains("elsewhere");
    assertThat(refused(host, step)).contains("Falco loads no file of that name");
  }

  @Test
  void keepsOnlyWhatIsMissing() {
    FalcoRulesFile step = new FalcoRulesFile(PackageManagement.RULES).whereMissing();
    String all = written(fakeHost(), step);

    assertThat(all).contains("- list: package_mgmt_binaries", "- rule: Launch Package Management");
    FakeHost old = fakeHost().file("/etc/falco/rules.d/old.yaml", "0644", all);
    assertThat(check(old, step).outcome()).isInstanceOf(Outcome.Ok.class);
    FakeHost off =
        fakeHost()
            .file(
                "/etc/falco/rules.d/old.yaml",
                "0644",
                all.replace("  priority:", "  enabled: false\n  priority:"));
    assertThat(check(off, step).warnings()).singleElement().asString().contains("not enabled");
  }

  @Test
  void warnsOfASlipInAListAndOfALaterFile() {
    FakeHost host =
        fakeHost().file("/etc/falco/rules.d/90.yaml", "0644", "- macro: m\n  condition: a.b=1\n");

    assertThat(
            check(host, step(new FalcoMacro("m", "proc.name in (shell_binarys, x)", Merge.REPLACE)))
                .warnings())
        .containsExactly(
            "/etc/falco/rules.d/90.yaml is loaded later and defines macro \"m\" anew",
            "macro \"m\" compares with \"shell_binarys\", which is no list; there is a list"
                + " \"shell_binaries\"");
  }

  @Test
  void leavesToFalcoWhatItCannotReadItself() {
    FakeHost host =
        fakeHost().file("/etc/falco/rules.d/x.yaml", "0644", "- macro: m-\n  condition: a.b=1\n");
    PlannedTask planned = check(host, step(rule("unheard_of")));

    assertThat(planned.outcome()).isInstanceOf(Outcome.WouldChange.class);
    assertThat(planned.warnings())
        .anyMatch(text -> text.contains("left to falco -V, for /etc/falco/rules.d/x.yaml"))
        .anyMatch(text -> text.contains("unheard_of"));
  }

  @Test
  void takesTheVersionFromThePackageThatComesBefore() {
    FakeHost none =
        new FakeHost().directory("/etc/falco").with(new FalcoVersionFact(), Optional.empty());
    assertThat(refused(none, step(rule("a.b=1")))).isEqualTo("the host has no Falco");
    FakeHost installed =
        none.with(
            new PackageFact("falco"),
            new PackageState(Optional.of("0.44.1"), Optional.empty(), true));
    assertThat(written(installed, step(rule("a.b=1")))).contains("a.b=1");
  }

  private static FalcoRule rule(String condition) {
    return FalcoRule.named("Ours")
        .condition(condition)
        .output("o (%proc.name)")
        .priority(FalcoPriority.INFORMATIONAL);
  }
}
