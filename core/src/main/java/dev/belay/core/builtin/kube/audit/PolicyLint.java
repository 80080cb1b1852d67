package dev.belay.core.builtin.kube.audit;

import dev.belay.core.builtin.kube.audit.Warning.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds what an API server accepts in a policy and never matches or silently ignores. */
final class PolicyLint {

  private static final Set<Stage> ALL_STAGES = EnumSet.allOf(Stage.class);

  /** Objects whose bodies hold credentials. */
  private static final List<GroupResources> SENSITIVE =
      List.of(
          GroupResources.core("secrets"),
          GroupResources.group("authentication.k8s.io").resources("tokenreviews"));

  private final Policy policy;
  private final List<Warning> warnings = new ArrayList<>();

  private PolicyLint(Policy policy) {
    this.policy = policy;
  }

  static List<Warning> warnings(Policy policy) {
    return new PolicyLint(policy).run();
  }

  private List<Warning> run() {
    logsNothing();
    for (int i = 0; i < policy.rules().size(); i++) {
      Rule rule = policy.rules().get(i);
      Findings findings = new Findings(i, warnings);
      ValueLint.check(rule, findings);
      ResourceLint.check(rule, findings);
      stages(rule, findings);
      reach(rule, i, findings);
      halfExec(rule, i, findings);
      secretBodies(rule, i, findings);
    }
    return List.copyOf(warnings);
  }

  private void logsNothing() {
    String why = null;
    if (policy.omitStages().equals(ALL_STAGES)) {
      why = "every stage is omitted, so no event is ever made";
    } else if (policy.rules().stream().allMatch(rule -> rule.level() == Level.NONE)) {
      why = "every rule has level None, and a request without a matching rule is not logged either";
    }
    if (why != null) {
      String advice = "add a rule of level Metadata, or omit fewer stages";
      warnings.add(
          new Warning(
              Kind.LOGS_NOTHING, OptionalInt.empty(), "the policy logs nothing", why, advice));
    }
  }

  private void stages(Rule rule, Findings findings) {
    EnumSet<Stage> omitted = EnumSet.noneOf(Stage.class);
    omitted.addAll(policy.omitStages());
    omitted.addAll(rule.omitStages());
    boolean byRule = !policy.omitStages().equals(ALL_STAGES) && omitted.equals(ALL_STAGES);
    if (byRule && rule.level() != Level.NONE) {
      findings.add(
          Kind.LOGS_NOTHING,
          "omits every stage",
          "its stages and those of the policy together are all there are, so no event is made",
          "omit fewer stages, or say level None");
    }
  }

  private void reach(Rule rule, int index, Findings findings) {
    List<Rule> earlier = policy.rules().subList(0, index);
    for (int i = 0; i < index; i++) {
      Rule other = earlier.get(i);
      if (Coverage.covers(other, rule) && Coverage.covers(rule, other)) {
        findings.add(
            Kind.DUPLICATE,
            "matches the same requests as " + name(i),
            "the first rule that matches decides, so this one is never reached",
            other.level() == rule.level() ? "remove it" : "remove the one of the wrong level");
        return;
      }
    }
    List<Integer> takers = Coverage.coveredBy(earlier, rule);
    if (!takers.isEmpty()) {
      findings.add(
          Kind.UNREACHABLE,
          "is never reached",
          "the first rule that matches decides, and "
              + takers.stream().map(PolicyLint::name).collect(Collectors.joining(", "))
              + (takers.size() == 1 ? " takes" : " take")
              + " all its requests",
          "move it before "
              + name(takers.get(0))
              + (isCatchAll(earlier.get(takers.get(0))) ? ", which matches everything" : "")
              + ", or remove it");
    }
  }

  private void halfExec(Rule rule, int index, Findings findings) {
    boolean create = rule.verbs().contains("create");
    boolean get = rule.verbs().contains("get");
    if (create == get) {
      return;
    }
    String missing = create ? "get" : "create";
    List<String> half =
        ResourceLint.streams(rule).stream()
            .filter(stream -> !otherRuleHas(rule, index, stream, missing))
            .toList();
    if (!half.isEmpty()) {
      findings.add(
          Kind.HALF_EXEC,
          "has " + String.join(", ", half) + " with verb " + (create ? "create" : "get") + " only",
          "kubectl up to 1.30 sends POST, seen as create; from 1.31 on a websocket GET, seen as"
              + " get",
          "add verb " + missing);
    }
  }

  private boolean otherRuleHas(Rule rule, int index, String stream, String verb) {
    Rule half = rule.withVerbs(List.of(verb)).resources(GroupResources.core(stream));
    return IntStream.range(0, policy.rules().size())
        .filter(i -> i != index)
        .anyMatch(i -> Coverage.covers(policy.rules().get(i), half));
  }

  private void secretBodies(Rule rule, int index, Findings findings) {
    if (!rule.level().hasBodies() || rule.isForPaths()) {
      return;
    }
    List<String> exposed =
        SENSITIVE.stream()
            .filter(sensitive -> ResourceLint.mayMatch(rule, sensitive))
            .filter(sensitive -> isReachable(rule.resources(sensitive), index))
            .map(sensitive -> sensitive.resources().get(0))
            .toList();
    if (!exposed.isEmpty()) {
      findings.add(
          Kind.SECRET_BODIES,
          "logs bodies of " + String.join(" and ", exposed),
          "level "
              + rule.level().wireName()
              + " writes their content to the audit log in clear (CIS 3.2.2 asks for Metadata)",
          "put a rule of level Metadata for " + String.join(" and ", exposed) + " before it");
    }
  }

  private boolean isReachable(Rule narrowed, int index) {
    return Coverage.coveredBy(policy.rules().subList(0, index), narrowed).isEmpty();
  }

  private static boolean isCatchAll(Rule rule) {
    return Coverage.covers(rule, Rule.rule(Level.METADATA));
  }

  private static String name(int index) {
    return "rules[" + index + "]";
  }
}
