package dev.belay.core.builtin.kube.audit;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A harmless request that an audit policy surely logs, to see in the log that auditing works.
 *
 * <p>It reads, or it deletes an object that does not exist: its name is made up for this one
 * request, and it says {@code dryRun=All} besides, so that the API server would keep even an object
 * of that name. It needs no right that the administrator of a kubeadm cluster lacks, and what it
 * answers, mostly that there is no such thing, does not matter.
 *
 * @param verb the subcommand of kubectl that sends it: get or delete
 * @param uri path and query, with {@link #MARK} where something unmistakable is put
 */
public record AuditProbe(String verb, String uri) {

  /** What stands in the URI for text that makes the request unmistakable. */
  public static final String MARK = "@";

  /**
   * Returns a request that the policy logs, by its first rule for which one is known.
   *
   * <p>Empty where none is known: where only other users' requests, or creations and changes alone,
   * are logged. It is reckoned with user {@code kubernetes-admin} of kubeadm's admin.conf, whose
   * groups are not the same in all versions.
   */
  public static Optional<AuditProbe> of(Policy policy) {
    return policy.rules().stream()
        .filter(rule -> logs(policy, rule))
        .flatMap(ProbeRequests::of)
        .filter(request -> isLogged(policy, request))
        .map(request -> new AuditProbe(request.subcommand(), request.uri()))
        .findFirst();
  }

  /** The first rule that matches decides; one that may match leaves it open. */
  private static boolean isLogged(Policy policy, ProbeRequest request) {
    for (Rule rule : policy.rules()) {
      switch (request.meets(rule)) {
        case YES:
          return logs(policy, rule);
        case MAYBE:
          return false;
        default:
          break;
      }
    }
    return false;
  }

  private static boolean logs(Policy policy, Rule rule) {
    return rule.level() != Level.NONE
        && Stream.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE)
            .anyMatch(
                stage ->
                    !policy.omitStages().contains(stage) && !rule.omitStages().contains(stage));
  }

  /** Returns the request as people write it. */
  @Override
  public String toString() {
    return verb.toUpperCase(java.util.Locale.ROOT) + " " + uri.replace(MARK, "…");
  }
}
