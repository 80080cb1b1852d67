package dev.belay.testkit.steps;

import dev.belay.core.builtin.falco.FalcoSearch;
import dev.belay.core.builtin.kube.incident.AuditPartFact;
import dev.belay.core.builtin.kube.incident.AuditReport;
import dev.belay.core.builtin.kube.incident.AuditSearch;
import dev.belay.core.builtin.kube.incident.RbacReason;
import dev.belay.core.builtin.kube.incident.Suspect;
import dev.belay.core.builtin.log.LogFileFact;
import dev.belay.core.builtin.log.LogPart;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.remote.RemotePath;
import dev.belay.testkit.FakeHost;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What an incident looks like to a host in memory. */
final class Incident {

  static final RemotePath AUDIT = RemotePath.of("/var/log/kubernetes/audit/audit.log");
  static final RemotePath FALCO = RemotePath.of("/opt/falco.log");
  static final AuditSearch SEARCH = new AuditSearch.WithoutNamespace(AUDIT).namespace("citadel");
  static final FalcoSearch ALERTS = FalcoSearch.packages(FALCO);
  static final Instant LAST = Instant.parse("2022-06-23T13:40:00Z");

  private Incident() {}

  /** A host whose audit log tells of one culprit, and by what reason he was allowed. */
  static FakeHost host(String actor, String reason) {
    LogPart part = new LogPart(AUDIT, 7, 0, OptionalLong.empty(), false);
    Suspect suspect =
        new Suspect(
            actor,
            RbacReason.parse(reason),
            new Suspect.Activity(8, 2, Optional.empty(), Optional.of(LAST), List.of()),
            List.of(new Suspect.ObjectCount("pods", "webapp-color", 2, 2, 0)),
            List.of());
    AuditReport report =
        new AuditReport("citadel", List.of(suspect), new AuditReport.Lines(8, 0, 0, 0, 0));
    return new FakeHost()
        .with(new LogFileFact(AUDIT), List.of(part))
        .with(new AuditPartFact(part, SEARCH), report);
  }

  /** Tells a host of an object that is there, made at a time. */
  static FakeHost there(FakeHost host, ObjectRef ref, String made, String rest) {
    return host.with(
        new ObjectFact(Kubectl.ADMIN, ref), new ObjectState.Present(content(ref, made, rest)));
  }

  static ObjectContent content(ObjectRef ref, String made, String rest) {
    return ObjectContent.ofJson(
        "{\"kind\":\""
            + ref.kind().kind()
            + "\",\"apiVersion\":\""
            + ref.kind().apiVersion()
            + "\",\"metadata\":{\"name\":\""
            + ref.name()
            + "\",\"uid\":\"4c93-1\",\"creationTimestamp\":\""
            + made
            + "\"}"
            + rest
            + "}");
  }
}
