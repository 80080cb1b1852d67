package dev.belay.core.builtin.falco;

import dev.belay.core.builtin.log.HostLog;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.remote.RemotePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is looked for in Falco's log: the pods about which it raised alerts of a kind.
 *
 * @param log the file of {@code file_output}
 * @param wanted which alerts
 */
public record FalcoSearch(RemotePath log, Wanted wanted) {

  /**
   * The rule about package managers. It left Falco's default rules with 0.36 (falco-rules-2.0.0)
   * for falco-incubating_rules.yaml.
   */
  private static final Wanted PACKAGES =
      new Wanted.OfRule(
          "Launch Package Management Process in Container", "Package management process launched");

  /** Returns the search for alerts about package managers that run in containers. */
  public static FalcoSearch packages(RemotePath log) {
    return new FalcoSearch(log, PACKAGES);
  }

  /**
   * Returns the search for alerts of a rule.
   *
   * @param name of the rule; lines of text do not tell it
   * @param text how its message begins, by which lines of text are recognised
   */
  public FalcoSearch rule(String name, String text) {
    return new FalcoSearch(log, new Wanted.OfRule(name, text));
  }

  /** Returns the search for alerts of this priority and of more urgent ones. */
  public FalcoSearch atLeast(FalcoPriority priority) {
    return new FalcoSearch(log, new Wanted.AtLeast(priority));
  }

  /** Returns the search for alerts of rules with a tag, which only JSON lines tell. */
  public FalcoSearch tag(String tag) {
    return new FalcoSearch(log, new Wanted.Tagged(tag));
  }

  /** Returns the step that keeps the pods found in a file. */
  public CompromisedPodsFile writtenTo(String path) {
    return new CompromisedPodsFile(this, RemotePath.of(path));
  }

  /** Returns the facts that name the parts of the log. */
  public List<Fact<?>> reads() {
    return parts().reads();
  }

  /** Returns the facts about these parts, and about containers whose pods they do not tell. */
  public List<Fact<?>> followUps(Facts facts) {
    List<Fact<?>> more = new ArrayList<>(parts().followUps(facts));
    if (!more.isEmpty()
        && more.stream().allMatch(facts::knows)
        && !FalcoReport.of(parts().parts(facts)).unknown().isEmpty()) {
      more.add(new ContainersFact());
    }
    return more;
  }

  /**
   * Returns what the log tells, and what the node's container runtime still knows.
   *
   * @throws dev.belay.core.fact.UnknownFactException when there is no log yet
   * @throws dev.belay.core.fact.FailedFactException when it cannot be read
   */
  public FalcoReport report(Facts facts) {
    FalcoReport report = FalcoReport.of(parts().parts(facts));
    ContainersFact containers = new ContainersFact();
    return report.resolved(facts.knows(containers) ? facts.get(containers) : Map.of());
  }

  private HostLog<FalcoReport> parts() {
    return new HostLog<>(log, part -> new FalcoPartFact(part, wanted));
  }
}
