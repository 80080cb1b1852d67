package dev.belay.core.builtin.kube.incident;

import java.util.ArrayList;
import java.util.List;

/** Says in sentences what a report found. */
final class AuditSentence {

  private AuditSentence() {}

  static String of(Suspect suspect) {
    return suspect.actor()
        + " ("
        + suspect.activity().requests()
        + " requests, "
        + suspect.activity().recreations()
        + " recreations, by binding "
        + suspect.grant().bindingName()
        + " of role "
        + suspect.grant().roleName()
        + ")";
  }

  static List<String> warnings(AuditSearch search, AuditReport report) {
    List<String> warnings = new ArrayList<>();
    if (report.suspects().isEmpty()) {
      warnings.add("nobody is found in " + search.log() + " who did this in " + search.namespace());
    }
    report
        .culprit()
        .map(Suspect::grant)
        .filter(Grant.Unknown.class::isInstance)
        .ifPresent(
            grant ->
                warnings.add("role and binding are unknown: " + ((Grant.Unknown) grant).why()));
    if (report.lines().unreadable() > 0) {
      warnings.add(report.lines().unreadable() + " lines of " + search.log() + " are no events");
    }
    if (report.lines().unknownOutcome() > 0) {
      warnings.add(
          report.lines().unknownOutcome()
              + " requests are left out since the log does not say how they ended");
    }
    return warnings;
  }
}
