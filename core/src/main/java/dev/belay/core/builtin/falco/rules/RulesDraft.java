package dev.belay.core.builtin.falco.rules;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.StepRefusedException;
import dev.belay.core.text.NearMiss;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What one host's rules file becomes, and what Falco would say to it; used once. */
final class RulesDraft {

  private final FalcoRulesFile step;
  private final FalcoVersion version;
  private final Map<RemotePath, Content> files;
  private final Optional<String> old;
  private final RulesBlock.Parts parts;
  private final List<RemotePath> order;
  private final List<String> lost = new ArrayList<>();
  private final Map<RemotePath, List<FalcoItem>> read = new LinkedHashMap<>();
  private final List<FalcoItem> mine;
  private final String text;

  private RulesDraft(FalcoRulesFile step, Facts facts) {
    this.step = step;
    version = FalcoRulesFile.version(step.label(), facts);
    files = HostRules.files(facts);
    old = old(facts);
    RulesBlock block = new RulesBlock(step.path(), step.block());
    parts = block.parts(old.orElse(""));
    order = order(facts);
    for (RemotePath path : order) {
      if (!path.equals(step.path())) {
        read.put(path, items(path, files.get(path).bytes()));
      }
    }
    mine = mine();
    text = block.edit(old.orElse(""), written());
  }

  static RulesDraft of(FalcoRulesFile step, Facts facts) {
    if (!HostRules.loads(step.path(), facts)) {
      throw new StepRefusedException(
          step.label(),
          "Falco loads no file of that name: rules_files of /etc/falco/falco.yaml names neither it"
              + " nor its directory",
          "name another file, or add it there by an earlier task");
    }
    return new RulesDraft(step, facts);
  }

  private Optional<String> old(Facts facts) {
    if (!(facts.get(new FileFact(step.path())) instanceof FileState.Regular file)) {
      return Optional.empty();
    }
    return Optional.of(
        file.content()
            .flatMap(Content::text)
            .orElseThrow(
                () ->
                    new StepRefusedException(
                        step.label(),
                        step.path() + " is no text in UTF-8, or over 1 MiB",
                        "look at the file, or use one of its own in rules.d")));
  }

  private List<RemotePath> order(Facts facts) {
    Set<RemotePath> all = new TreeSet<>(files.keySet());
    all.add(step.path());
    return all.stream()
        .sorted(
            Comparator.<RemotePath>comparingInt(path -> HostRules.place(path, facts))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private List<FalcoItem> items(RemotePath path, byte[] yaml) {
    RulesReader.Reading reading = new RulesReader().read(yaml);
    if (reading.lost()) {
      lost.add(path + ": " + reading.problems().get(0).toString().replaceAll("\\s*\n\\s*", "; "));
    }
    return reading.items();
  }

  private List<FalcoItem> foreign(String part) {
    return items(step.path(), part.getBytes(StandardCharsets.UTF_8));
  }

  private List<FalcoItem> mine() {
    if (step.extent() == FalcoRulesFile.Extent.ALL) {
      return step.rules().items();
    }
    RuleSet others = set(List.of());
    return step.rules().items().stream().filter(item -> !others.defines(item)).toList();
  }

  /** Returns what Falco has with these items in our place. */
  private RuleSet set(List<FalcoItem> items) {
    RuleSet set = before().load(items).load(foreign(parts.after()));
    boolean after = false;
    for (RemotePath path : order) {
      if (after) {
        set.load(read.get(path));
      }
      after |= path.equals(step.path());
    }
    return set;
  }

  private RuleSet before() {
    RuleSet set = new RuleSet();
    for (RemotePath path : order) {
      if (path.equals(step.path())) {
        break;
      }
      set.load(read.get(path));
    }
    return set.load(foreign(parts.before()));
  }

  /** A rule that is not there cannot be written whole; that it is not there is told anyway. */
  private String written() {
    List<FalcoItem> items = new ArrayList<>();
    RuleSet so = before();
    for (FalcoItem item : mine) {
      boolean whole = item instanceof RuleChange && !version.knowsOverride();
      Optional<FalcoRule> rule = whole ? so.rule(((RuleChange) item).name()) : Optional.empty();
      so.load(List.of(item));
      if (!whole) {
        items.add(item);
      } else if (rule.isPresent()) {
        items.add(so.rule(rule.get().name()).orElseThrow());
      }
    }
    return items.isEmpty() ? "" : FalcoRulesYaml.write(new FalcoRules(items), version);
  }

  String text() {
    return text;
  }

  boolean same() {
    return text.equals(old.orElse(""));
  }

  /** Returns the files that Falco will load, in its order. */
  List<RemotePath> load() {
    return order;
  }

  /** Refuses what Falco would refuse, and would not have refused without our items. */
  void refuse() {
    List<RulesProblem> problems = added();
    if (!problems.isEmpty() && lost.isEmpty()) {
      throw new StepRefusedException(
          step.label(),
          problems.stream().map(RulesProblem::text).collect(Collectors.joining("; "))
              + "; Falco "
              + version
              + " loads "
              + order.stream().map(RemotePath::value).collect(Collectors.joining(", ")),
          problems.get(0).advice());
    }
  }

  private List<RulesProblem> added() {
    List<RulesProblem> problems = new ArrayList<>(set(mine).problems());
    problems.removeAll(set(List.of()).problems());
    mine.stream()
        .filter(EngineVersion.class::isInstance)
        .map(EngineVersion.class::cast)
        .filter(wanted -> version.engine().filter(has -> older(has, wanted)).isPresent())
        .forEach(
            wanted ->
                problems.add(
                    new RulesProblem(
                        "Rules require engine version "
                            + wanted.required()
                            + ", but engine version is "
                            + version.engine().orElseThrow(),
                        "install a newer Falco, or write rules for this one",
                        0,
                        0)));
    return problems;
  }

  private static boolean older(String engine, EngineVersion wanted) {
    String[] has = (engine.contains(".") ? engine : "0." + engine + ".0").split("\\.");
    String[] needs = wanted.semantic().split("\\.");
    for (int i = 0; i < Math.min(has.length, needs.length); i++) {
      int order = Integer.compare(Integer.parseInt(has[i]), Integer.parseInt(needs[i]));
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!lost.isEmpty()) {
      warnings.add("what our rules refer to is left to falco -V, for " + String.join("; ", lost));
      added().forEach(problem -> warnings.add(problem.text()));
    }
    RuleSet all = set(mine);
    for (FalcoItem item : mine) {
      later(item).ifPresent(warnings::add);
      slips(item, all.lists().keySet()).forEach(warnings::add);
    }
    step.rules().items().stream()
        .filter(item -> !mine.contains(item) && item instanceof FalcoRule)
        .filter(
            item ->
                all.rule(((FalcoRule) item).name())
                    .flatMap(rule -> rule.body().switches().enabled())
                    .filter(on -> !on)
                    .isPresent())
        .forEach(item -> warnings.add("the host has " + item.label() + ", but it is not enabled"));
    return warnings;
  }

  /** What a file that is loaded later defines anew is not what we keep. */
  private Optional<String> later(FalcoItem item) {
    boolean after = false;
    for (RemotePath path : order) {
      if (after && read.get(path).stream().anyMatch(other -> replaces(other, item))) {
        return Optional.of(path + " is loaded later and defines " + item.label() + " anew");
      }
      after |= path.equals(step.path());
    }
    return foreign(parts.after()).stream().anyMatch(other -> replaces(other, item))
        ? Optional.of("what follows our rules in " + step.path() + " defines " + item.label())
        : Optional.empty();
  }

  private static boolean replaces(FalcoItem other, FalcoItem item) {
    boolean appends =
        other instanceof FalcoMacro macro && macro.merge() == Merge.APPEND
            || other instanceof FalcoList list && list.merge() == Merge.APPEND;
    return !appends && other.label().equals(item.label());
  }

  /** A misspelt list is just a value to Falco, with which nothing is ever equal. */
  private static List<String> slips(FalcoItem item, Set<String> lists) {
    Optional<String> condition =
        item instanceof FalcoRule rule
            ? rule.body().text().condition()
            : item instanceof FalcoMacro macro
                ? Optional.of("evt.num>=0 and " + macro.condition().replaceFirst("^(and|or) ", ""))
                : Optional.empty();
    List<String> slips = new ArrayList<>();
    for (String value : condition.map(c -> Condition.parse(c).values()).orElse(Set.of())) {
      if (value.contains("_") && !lists.contains(value)) {
        NearMiss.of(value, lists)
            .ifPresent(
                near ->
                    slips.add(
                        item.label()
                            + " compares with \""
                            + value
                            + "\", which is no list; there is a list \""
                            + near
                            + "\""));
      }
    }
    return slips;
  }
}
