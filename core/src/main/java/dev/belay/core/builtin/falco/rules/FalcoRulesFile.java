package dev.belay.core.builtin.falco.rules;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Health;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps rules, macros and lists in a rules file of Falco, between two comments; every other byte of
 * the file stays as it is.
 *
 * <p>What they refer to must be in the files that Falco loads on the host. Changes of the host's
 * rules are written as {@code override}, and as whole rules before Falco 0.37. Once written, {@code
 * falco -V} and, since 0.35, {@code falco --dry-run} must take the files, or else the run is undone
 * on this host. Undo restores the file. Does not restart Falco: notify a handler.
 *
 * @param rules the items, in order
 * @param path of the file, one that Falco loads
 * @param block name of our part of the file, letters, digits and {@code -}
 * @param extent whether items that the host has already are kept as well
 */
public record FalcoRulesFile(FalcoRules rules, RemotePath path, String block, Extent extent)
    implements ReversibleStep {

  private static final RemotePath LOCAL = RemotePath.of("/etc/falco/falco_rules.local.yaml");

  /** Which of the items are kept. */
  public enum Extent {
    /** All of them: they take the place of the host's. */
    ALL,
    /** Those that no other file of the host defines. */
    WHERE_MISSING
  }

  /** Checks path and name. */
  public FalcoRulesFile {
    if (!path.value().matches(".*\\.ya?ml")) {
      throw new IllegalArgumentException(
          path + " is no rules file: Falco loads those that end in .yaml (and .yml)");
    }
    if (!block.matches("[A-Za-z0-9-]{1,60}")) {
      throw new IllegalArgumentException("name our part by letters, digits and -, not " + block);
    }
    if (rules.items().isEmpty()) {
      throw new IllegalArgumentException("there are no rules to keep in " + path);
    }
  }

  /** Keeps rules in {@code /etc/falco/falco_rules.local.yaml}, which upgrades leave alone. */
  public FalcoRulesFile(FalcoRules rules) {
    this(rules, LOCAL, "rules", Extent.ALL);
  }

  /** Returns the step for another file, such as {@code /etc/falco/rules.d/50-ours.yaml}. */
  public FalcoRulesFile in(String file) {
    return new FalcoRulesFile(rules, RemotePath.of(file), block, extent);
  }

  /** Returns the step for another part of the file, so that several tasks can share one. */
  public FalcoRulesFile block(String name) {
    return new FalcoRulesFile(rules, path, name, extent);
  }

  /** Returns the step that keeps only what no other file of the host defines. */
  public FalcoRulesFile whereMissing() {
    return new FalcoRulesFile(rules, path, block, Extent.WHERE_MISSING);
  }

  @Override
  public String label() {
    return "falcoRules[" + path + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    List<Fact<?>> reads = new ArrayList<>(HostRules.reads());
    reads.addAll(new FilePresent(path).reads());
    reads.add(new FalcoVersionFact());
    reads.add(new PackageFact("falco"));
    return reads;
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    List<Fact<?>> more = new ArrayList<>(HostRules.followUps(facts));
    more.addAll(new FilePresent(path).followUps(facts));
    return more;
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    RulesDraft draft = RulesDraft.of(this, facts);
    draft.refuse();
    return draft.same()
        ? List.of()
        : new FilePresent(path).content(Content.of(draft.text())).plan(facts);
  }

  @Override
  public List<String> warnings(Facts facts) {
    try {
      return RulesDraft.of(this, facts).warnings();
    } catch (UnknownFactException | FailedFactException | StepRefusedException unknown) {
      return List.of();
    }
  }

  @Override
  public Optional<Health> health(Facts facts) {
    return Optional.of(
        RulesHealth.of(path, RulesDraft.of(this, facts).load(), version(label(), facts)));
  }

  /** The version of the Falco that is there, or that an earlier task will have installed. */
  static FalcoVersion version(String wanted, Facts facts) {
    FalcoVersionFact running = new FalcoVersionFact();
    Optional<FalcoVersion> there = facts.knows(running) ? facts.get(running) : Optional.empty();
    if (there.isPresent()) {
      return there.get();
    }
    Optional<String> installed = facts.get(new PackageFact("falco")).installed();
    if (installed.isEmpty()) {
      throw new StepRefusedException(
          wanted,
          "the host has no Falco",
          "put the task that installs it before this one, such as pkg(\"falco\").installed()");
    }
    return FalcoVersion.ofPackage(installed.get())
        .orElseThrow(
            () -> new UnknownFactException("the version of Falco: it comes with package falco"));
  }
}
