package dev.belay.playbooks.kube;

import static dev.belay.core.builtin.kube.audit.GroupResources.core;
import static dev.belay.core.builtin.kube.audit.Rule.rule;

import dev.belay.core.builtin.kube.Readiness;
import dev.belay.core.builtin.kube.audit.Level;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.builtin.kube.audit.Stage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the API server audits and how its log is kept.
 *
 * @param policy which requests are logged, and how much of them
 * @param flags further flags of the API server by name without dashes, such as {@code
 *     audit-log-maxage}
 * @param readiness how long the new API server is waited for
 */
public record AuditSettings(Policy policy, Map<String, String> flags, Readiness readiness) {

  /** Where the policy lies, as kubeadm's documentation has it. */
  public static final String POLICY = "/etc/kubernetes/audit-policy.yaml";

  /** The directory of the log; mounted as a directory, since the API server renames the log. */
  public static final String LOG_DIRECTORY = "/var/log/kubernetes/audit";

  /** Keeps the order of the flags. */
  public AuditSettings {
    flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
  }

  /**
   * Returns the settings of CKS Challenge 4: pods and config maps of three namespaces at level
   * Metadata, without the stage RequestReceived; no bounds for the log, which that challenge does
   * not ask for.
   */
  public static AuditSettings usual() {
    return new AuditSettings(
        Policy.policy(
                rule(Level.METADATA)
                    .resources(core("pods", "configmaps"))
                    .namespaces("omega", "citadel", "eden-prime"))
            .omitStages(Stage.REQUEST_RECEIVED),
        Map.of(),
        Readiness.USUAL);
  }

  /** Returns the settings with another policy. */
  public AuditSettings policy(Policy newPolicy) {
    return new AuditSettings(newPolicy, flags, readiness);
  }

  /**
   * Returns the settings for a policy of one's own, the log bounded as {@link
   * LogRetention#CIS_MINIMUM} says; a log without bounds fills the disk.
   */
  public static AuditSettings of(Policy policy) {
    return new AuditSettings(policy, Map.of(), Readiness.USUAL).retention(LogRetention.CIS_MINIMUM);
  }

  /** Returns the settings with these bounds for the log, in place of earlier ones. */
  public AuditSettings retention(LogRetention bounds) {
    Map<String, String> more = new LinkedHashMap<>(flags);
    more.putAll(bounds.flags());
    return new AuditSettings(policy, more, readiness);
  }

  /**
   * Returns the settings with bounds for the log.
   *
   * @param maxAge days that a rotated log is kept
   * @param maxBackup number of rotated logs that are kept
   * @param maxSize megabytes after which the log is rotated
   */
  public AuditSettings retention(int maxAge, int maxBackup, int maxSize) {
    return retention(new LogRetention(maxAge, maxBackup, maxSize));
  }

  /** Returns the settings with one more flag of the API server. */
  public AuditSettings flag(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(flags);
    more.put(name, value);
    return new AuditSettings(policy, more, readiness);
  }

  /** Returns the settings with other waiting times. */
  public AuditSettings ready(Readiness newReadiness) {
    return new AuditSettings(policy, flags, newReadiness);
  }
}
