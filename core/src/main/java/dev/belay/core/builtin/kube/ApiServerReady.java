package dev.belay.core.builtin.kube;

import dev.belay.core.builtin.kube.audit.AuditProbe;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import dev.belay.core.step.HealthCondition;
import java.time.Duration;
import java.util.Optional;

/**
 * The proof that the API server of a control-plane host runs as its manifest says, which an answer
 * alone is not: the old process answers until the kubelet ends it.
 *
 * <p>Where the manifest is another than before the block, comments left out, a new process of a new
 * pod is waited for (the UID of a static pod is its config hash: kubernetes
 * pkg/kubelet/config/common.go); else it must be the same process. It must have every flag that the
 * manifest names in a way that plain text can tell, be ready, write an audit event of a marked
 * request, and stay so. Gives up early on a container that ends whenever it is started. Needs no
 * tool of the container runtime, but kubectl, curl or wget.
 *
 * @param manifest of the static pod
 * @param stableFor how long it must stay the same process and ready, whole seconds, at most a
 *     minute
 * @param audited the policy by which it shall write audit events; empty for any
 */
public record ApiServerReady(RemotePath manifest, Duration stableFor, Optional<Policy> audited) {

  private static final String NAME = "kube-apiserver";
  private static final RemotePath USUAL =
      RemotePath.of("/etc/kubernetes/manifests/kube-apiserver.yaml");

  /** Checks the range. */
  public ApiServerReady {
    if (stableFor.isNegative() || stableFor.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("stable for at most a minute, got " + stableFor);
    }
  }

  /** Returns the proof for kubeadm's manifest: stable for five seconds, whatever it audits. */
  public static ApiServerReady usual() {
    return new ApiServerReady(USUAL, Duration.ofSeconds(5), Optional.empty());
  }

  /** Returns the proof for another manifest. */
  public ApiServerReady manifest(RemotePath newManifest) {
    return new ApiServerReady(newManifest, stableFor, audited);
  }

  /** Returns the proof with another time to stay the same process and ready. */
  public ApiServerReady stableFor(Duration newTime) {
    return new ApiServerReady(manifest, newTime, audited);
  }

  /**
   * Returns the proof that also waits for an audit event of a harmless request that this policy
   * logs. A server without a log file writes none and is not asked for one.
   */
  public ApiServerReady writesAudit(Policy policy) {
    return new ApiServerReady(manifest, stableFor, Optional.of(policy));
  }

  /** Returns the condition for a guard. */
  public HealthCondition condition() {
    Optional<AuditProbe> probe = audited.flatMap(AuditProbe::of);
    String pod = NAME + " " + Sh.quote(manifest);
    String stable = pod + " " + stableFor.toSeconds();
    return new HealthCondition(
        "the API server runs as its manifest says, is ready"
            + probe.map(request -> ", writes an audit event of " + request).orElse("")
            + ", and stays so for "
            + stableFor.toSeconds()
            + " s"
            + withoutProbe(probe),
        "b_note_pod " + pod,
        "b_await_pod "
            + stable
            + " "
            + Sh.quote(probe.map(AuditProbe::verb).orElse(""))
            + " "
            + Sh.quote(probe.map(AuditProbe::uri).orElse("")),
        "b_await_pod_again " + stable,
        "b_diagnose_pod " + NAME);
  }

  private String withoutProbe(Optional<AuditProbe> probe) {
    return audited.isPresent() && probe.isEmpty()
        ? "; its audit log is not looked at: no harmless request is known that the policy logs"
        : "";
  }
}
