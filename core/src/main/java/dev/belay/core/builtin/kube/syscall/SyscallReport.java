package dev.belay.core.builtin.kube.syscall;

import dev.belay.core.builtin.falco.PodRef;
import dev.belay.core.step.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the containers of some pods were seen to call, and which of them they must not.
 *
 * @param containers those that were watched, by pod and name
 * @param forbidden names of the calls that must not be made
 */
public record SyscallReport(List<Seen> containers, Set<String> forbidden) {

  private static final int EVIDENCE = 3;
  private static final List<String> COLUMNS =
      List.of("namespace", "pod", "container", "syscall", "calls", "errors");

  /** Copies the collections. */
  public SyscallReport {
    containers = List.copyOf(containers);
    forbidden = Set.copyOf(forbidden);
  }

  /**
   * What one container was seen to call.
   *
   * @param container which
   * @param owner of its pod; asked only about guilty ones
   * @param watched what was seen
   */
  public record Seen(ContainerRef container, PodOwner owner, TraceFact.Watched watched) {}

  /**
   * A pod that made forbidden calls.
   *
   * @param pod the pod
   * @param owner who would make it anew
   * @param calls the forbidden ones, of all its containers
   */
  public record Guilty(PodRef pod, PodOwner owner, List<SyscallCount> calls) {
    /** Copies the list. */
    public Guilty {
      calls = List.copyOf(calls);
    }
  }

  /** Returns the pods that made forbidden calls, each once, in order of their names. */
  public List<Guilty> guilty() {
    Map<PodRef, Guilty> guilty = new LinkedHashMap<>();
    for (Seen seen : containers) {
      List<SyscallCount> calls = forbidden(seen.watched());
      if (!calls.isEmpty()) {
        PodRef pod = seen.container().pod();
        guilty.merge(
            pod, new Guilty(pod, seen.owner(), calls), (one, more) -> both(one, more.calls()));
      }
    }
    return List.copyOf(guilty.values());
  }

  private static Guilty both(Guilty one, List<SyscallCount> more) {
    Map<String, SyscallCount> all = new LinkedHashMap<>();
    one.calls().forEach(call -> all.put(call.name(), call));
    more.forEach(call -> all.merge(call.name(), call, SyscallCount::plus));
    return new Guilty(one.pod(), one.owner(), List.copyOf(all.values()));
  }

  private List<SyscallCount> forbidden(TraceFact.Watched watched) {
    return watched.output().counts().stream()
        .filter(call -> forbidden.contains(call.name()))
        .toList();
  }

  /** Returns the forbidden calls as a table, and one of all calls. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    List<List<String>> bad = new ArrayList<>();
    List<List<String>> all = new ArrayList<>();
    for (Seen seen : containers) {
      forbidden(seen.watched()).forEach(call -> bad.add(row(seen, call, true)));
      seen.watched().output().counts().forEach(call -> all.add(row(seen, call, false)));
    }
    if (!bad.isEmpty()) {
      List<String> columns = new ArrayList<>(COLUMNS);
      columns.addAll(List.of("owner", "evidence"));
      findings.add(new Finding("forbidden system calls", columns, bad));
    }
    if (!all.isEmpty()) {
      findings.add(new Finding("system calls", COLUMNS, all));
    }
    return findings;
  }

  private static List<String> row(Seen seen, SyscallCount call, boolean bad) {
    List<String> row =
        new ArrayList<>(
            List.of(
                seen.container().pod().namespace(),
                seen.container().pod().name(),
                seen.container().name(),
                call.name(),
                Long.toString(call.calls()),
                Long.toString(call.errors())));
    if (bad) {
      row.add(seen.owner().toString());
      row.add(String.join("; ", evidence(seen, call.name())));
    }
    return row;
  }

  private static List<String> evidence(Seen seen, String name) {
    return seen.watched().output().lines().stream()
        .filter(line -> StraceEvent.parse(line).filter(e -> e.name().equals(name)).isPresent())
        .limit(EVIDENCE)
        .toList();
  }
}
