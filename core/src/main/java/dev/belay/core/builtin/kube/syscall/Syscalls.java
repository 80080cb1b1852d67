package dev.belay.core.builtin.kube.syscall;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.step.Finding;
import dev.belay.core.step.Step;
import dev.belay.core.step.StepRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds out which system calls the pods of a name make on this node, and which of these they must
 * not. Changes nothing; there is nothing to undo.
 *
 * <p>All processes and threads of all containers of these pods are traced by strace for some
 * seconds, which slows them down; a call that is made in other seconds is not seen. Put it into a
 * playbook of its own: where other tasks change something, it is asked again after them.
 *
 * @param pods which pods
 * @param forbidden calls that they must not make; may be empty
 * @param time how long, whole seconds, 1 to 60
 */
public record Syscalls(PodPattern pods, Set<String> forbidden, Duration time) implements Step {

  private static final Duration USUAL = Duration.ofSeconds(15);

  /** Checks names and range. */
  public Syscalls {
    forbidden = Collections.unmodifiableSet(new TreeSet<>(forbidden));
    if (!forbidden.stream().allMatch(name -> name.matches("[a-z_][a-z0-9_]{0,40}"))) {
      throw new IllegalArgumentException("no names of system calls: " + forbidden);
    }
    if (time.toSeconds() < 1 || time.compareTo(Duration.ofSeconds(60)) > 0) {
      throw new IllegalArgumentException("watch for 1 to 60 seconds, not " + time);
    }
  }

  /** Watches pods for 15 seconds. */
  public Syscalls(String namespace, String pods) {
    this(new PodPattern(namespace, pods), Set.of(), USUAL);
  }

  /** Returns the step that names the pods which make one of these calls, such as {@code kill}. */
  public Syscalls forbidden(String... names) {
    return new Syscalls(pods, Set.of(names), time);
  }

  /** Returns the step that watches for this long, at most a minute. */
  public Syscalls watchedFor(Duration newTime) {
    return new Syscalls(pods, forbidden, newTime);
  }

  @Override
  public String label() {
    return "syscalls[" + pods + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    List<Fact<?>> reads =
        new ArrayList<>(List.of(new NodeContainersFact(), strace(), new PackageFact("strace")));
    if (!forbidden.isEmpty()) {
      reads.add(known());
    }
    return reads;
  }

  private static StraceFact strace() {
    return new StraceFact(List.of());
  }

  private StraceFact known() {
    return new StraceFact(List.copyOf(forbidden));
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    List<Fact<?>> more = new ArrayList<>();
    if (facts.get(strace()) && !containers(facts).isEmpty()) {
      more.add(trace(facts));
    }
    if (more.stream().allMatch(facts::knows)) {
      report(facts).guilty().forEach(guilty -> more.add(new PodOwnerFact(guilty.pod())));
    }
    return more;
  }

  private List<ContainerRef> containers(Facts facts) {
    return facts.get(new NodeContainersFact()).stream()
        .filter(container -> pods.matches(container.pod()))
        .toList();
  }

  private TraceFact trace(Facts facts) {
    return new TraceFact(
        containers(facts).stream().map(ContainerRef::id).toList(),
        List.copyOf(forbidden),
        (int) time.toSeconds());
  }

  /**
   * Returns what was seen; for steps that act on it.
   *
   * @throws UnknownFactException when an earlier task has to install strace first
   * @throws FailedFactException when it could not be seen
   * @throws StepRefusedException when the host has no strace
   */
  public SyscallReport report(Facts facts) {
    List<ContainerRef> containers = containers(facts);
    if (containers.isEmpty()) {
      return new SyscallReport(List.of(), forbidden);
    }
    needStrace(facts);
    Map<String, TraceFact.Watched> watched = facts.get(trace(facts));
    return new SyscallReport(
        containers.stream()
            .filter(container -> watched.containsKey(container.id()))
            .filter(container -> watched.get(container.id()).processes() > 0)
            .map(container -> seen(container, watched, facts))
            .toList(),
        forbidden);
  }

  private static SyscallReport.Seen seen(
      ContainerRef container, Map<String, TraceFact.Watched> watched, Facts facts) {
    PodOwnerFact owner = new PodOwnerFact(container.pod());
    return new SyscallReport.Seen(
        container,
        facts.knows(owner) ? facts.get(owner) : new PodOwner.Unknown(),
        watched.get(container.id()));
  }

  private void needStrace(Facts facts) {
    if (!facts.get(strace())) {
      if (facts.get(new PackageFact("strace")).installed().isPresent()) {
        throw new UnknownFactException("system calls: an earlier task installs strace");
      }
      throw new StepRefusedException(
          label(),
          "the host has no strace",
          "install it by an earlier task: pkg(\"strace\").installed()");
    }
    if (!forbidden.isEmpty() && !facts.get(known())) {
      throw new StepRefusedException(
          label() + " without " + String.join(", ", forbidden),
          "strace on the host does not know all of these system calls",
          "name them as strace prints them; see syscalls(2)");
    }
  }

  /** Plans nothing; fails when it could not look. */
  @Override
  public List<Change> plan(Facts facts) {
    report(facts);
    return List.of();
  }

  @Override
  public List<Finding> findings(Facts facts) {
    return report(facts).findings();
  }

  @Override
  public List<String> warnings(Facts facts) {
    SyscallReport report = report(facts);
    List<String> warnings = new ArrayList<>();
    if (report.containers().isEmpty()) {
      warnings.add("no container of a pod " + pods + " runs on this host");
    }
    for (SyscallReport.Guilty guilty : report.guilty()) {
      warnings.add(
          "pod "
              + guilty.pod()
              + " (owner: "
              + guilty.owner()
              + ") calls "
              + guilty.calls().stream().map(Object::toString).collect(Collectors.joining(", ")));
    }
    report.containers().forEach(seen -> doubts(seen, warnings));
    return warnings;
  }

  private void doubts(SyscallReport.Seen seen, List<String> warnings) {
    String where = "container " + seen.container().name() + " of pod " + seen.container().pod();
    if (!seen.watched().said().isEmpty()) {
      warnings.add(where + ": " + String.join("; ", seen.watched().said()));
    } else if (seen.watched().output().counts().isEmpty()) {
      warnings.add(where + " made no system call in " + time.toSeconds() + " s: watch longer");
    }
  }
}
