package dev.belay.testkit.steps;

import dev.belay.core.builtin.falco.PodRef;
import dev.belay.core.builtin.kube.remedy.GuiltyPods;
import dev.belay.core.builtin.kube.syscall.ContainerRef;
import dev.belay.core.builtin.kube.syscall.NodeContainersFact;
import dev.belay.core.builtin.kube.syscall.PodOwner;
import dev.belay.core.builtin.kube.syscall.PodOwnerFact;
import dev.belay.core.builtin.kube.syscall.StraceFact;
import dev.belay.core.builtin.kube.syscall.StraceOutput;
import dev.belay.core.builtin.kube.syscall.SyscallCount;
import dev.belay.core.builtin.kube.syscall.Syscalls;
import dev.belay.core.builtin.kube.syscall.TraceFact;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What pods that make forbidden system calls look like to a host in memory. */
final class Guilty {

  static final String HOME = "team-red";
  static final Syscalls WATCH =
      new Syscalls(HOME, "*").forbidden("kill").watchedFor(Duration.ofSeconds(1));
  static final GuiltyPods PODS = new GuiltyPods(WATCH);

  private Guilty() {}

  /** The id of the container of the pod at that place, from 0. */
  static String id(int place) {
    return String.valueOf((char) ('a' + place)).repeat(64);
  }

  /** A host on which each of these pods, in order of their names, makes a forbidden call. */
  static FakeHost host(String... pods) {
    List<ContainerRef> containers = new ArrayList<>();
    Map<String, TraceFact.Watched> watched = new LinkedHashMap<>();
    FakeHost host =
        new FakeHost()
            .with(new StraceFact(List.of()), true)
            .with(new StraceFact(List.of("kill")), true);
    for (String name : pods) {
      PodRef pod = new PodRef(HOME, name);
      containers.add(new ContainerRef(pod, "c", id(containers.size())));
      watched.put(
          containers.get(containers.size() - 1).id(),
          new TraceFact.Watched(
              1, new StraceOutput(List.of(new SyscallCount("kill", 3, 3)), List.of()), List.of()));
      host.with(new PodOwnerFact(pod), new PodOwner.Unknown());
    }
    List<String> ids = containers.stream().map(ContainerRef::id).toList();
    return host.with(new NodeContainersFact(), containers)
        .with(new TraceFact(ids, List.of("kill"), 1), watched);
  }

  /** Tells a host of an object, its identity {@code u-NAME}, with more JSON after its metadata. */
  static FakeHost there(FakeHost host, ObjectKind kind, String name, String owner, String rest) {
    return host.with(
        new ObjectFact(Kubectl.ADMIN, ObjectRef.of(kind, HOME, name)),
        new ObjectState.Present(
            ObjectContent.ofJson(
                "{\"kind\":\"%s\",\"apiVersion\":\"%s\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\",\"uid\":\"u-%s\"%s}%s}"
                    .formatted(kind.kind(), kind.apiVersion(), name, HOME, name, owner, rest))));
  }

  /** More metadata of what is controlled by an object. */
  static String by(String apiVersion, String kind, String name) {
    return ",\"ownerReferences\":[{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"name\":\"%s\",\"uid\":\"u-%s\",\"controller\":true}]"
        .formatted(apiVersion, kind, name, name);
  }

  static PlannedTask check(FakeHost host, PlayItem item) {
    return host.check(new Playbook("p", List.of(Play.of("p").tasks(item)))).get(0);
  }

  /** Returns what a check says of the state that it found, and of what to do. */
  static String refusal(FakeHost host, PlayItem item) {
    return check(host, item).outcome() instanceof Outcome.Fails fails
        ? fails.problem().got() + "; " + fails.problem().advice()
        : "not refused";
  }
}
