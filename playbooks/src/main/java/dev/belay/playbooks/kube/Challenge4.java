package dev.belay.playbooks.kube;

import static dev.belay.dsl.Falco.PACKAGE_MANAGEMENT;
import static dev.belay.dsl.Plays.handler;
import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Steps.compromisedPods;
import static dev.belay.dsl.Steps.culprit;
import static dev.belay.dsl.Steps.falcoRules;
import static dev.belay.dsl.Steps.logLine;
import static dev.belay.dsl.Steps.service;

import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.Handler;
import dev.belay.core.step.PlayItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CKS Challenge 4 from beginning to end: turns on auditing and installs Falco, waits for evidence,
 * reports who is responsible and which pods are compromised, and takes away the guilty pod, binding
 * and role; nothing else. At last the cluster is asked whether the culprit can do it again.
 *
 * <p>All of it can be rolled back, the deleted objects too. What the remedies delete is what the
 * report finds, by the very same searches: check mode shows it, or says that it may change while
 * there are no logs yet.
 */
public final class Challenge4 {

  private static final Handler RESTART_FALCO =
      handler(
          "restart falco for its rule",
          service("falco-modern-bpf", "falco-kmod", "falco-bpf", "falco-custom", "falco")
              .restarted());

  private Challenge4() {}

  /**
   * The settings of the playbook.
   *
   * @param host what is done on the hosts
   * @param report what is looked for and where the results go
   * @param evidence how long both logs are waited for to tell something, where they do not yet;
   *     empty for not waiting at all
   */
  public record Settings(
      ControlPlaneAudit.Settings host,
      IncidentReport.Settings report,
      Optional<Duration> evidence) {

    /**
     * Returns the settings of the challenge for these hosts; evidence is waited for two minutes.
     */
    public static Settings usual(String hosts) {
      return new Settings(
          ControlPlaneAudit.Settings.usual(hosts),
          IncidentReport.Settings.usual(hosts),
          Optional.of(Duration.ofMinutes(2)));
    }

    /** Returns the settings with another host part. */
    public Settings host(ControlPlaneAudit.Settings newHost) {
      return new Settings(newHost, report, evidence);
    }

    /** Returns the settings with another report. */
    public Settings report(IncidentReport.Settings newReport) {
      return new Settings(host, newReport, evidence);
    }

    /** Returns the settings that go by what the logs tell at once. */
    public Settings withoutWaiting() {
      return new Settings(host, report, Optional.empty());
    }
  }

  /** Returns the playbook. */
  public static Playbook playbook(Settings settings) {
    List<Play> plays = new ArrayList<>(ControlPlaneAudit.playbook(settings.host()).plays());
    plays.add(rule(settings));
    settings.evidence().ifPresent(within -> plays.add(evidence(settings.report(), within)));
    plays.addAll(IncidentReport.playbook(settings.report()).plays());
    plays.add(remediation(settings.report()));
    return new Playbook("CKS Challenge 4", plays);
  }

  /** Falco's default rules held it until 0.35; since then it is one of the incubating ones. */
  private static Play rule(Settings settings) {
    return play("Falco's rule about package managers")
        .on(settings.host().hosts())
        .become()
        .tasks(
            falcoRules(PACKAGE_MANAGEMENT)
                .block("package-management")
                .whereMissing()
                .tagged("falco")
                .notifies(RESTART_FALCO));
  }

  private static Play evidence(IncidentReport.Settings report, Duration within) {
    PlayItem audit =
        logLine(report.audit().log().value())
            .containing(
                "\"namespace\":\"" + report.audit().namespace() + "\"", "\"verb\":\"delete\"")
            .without("\"username\":\"system:")
            .within(within)
            .named("the audit log tells who deletes in " + report.audit().namespace())
            .tagged("audit");
    PlayItem falco =
        logLine(report.falco().log().value())
            .containing("Package management process launched")
            .within(within)
            .named("Falco tells of package managers")
            .tagged("falco");
    return play("evidence").on(report.hosts()).become().tasks(audit, falco);
  }

  private static Play remediation(IncidentReport.Settings report) {
    return play("remediation")
        .on(report.hosts())
        .become()
        .tasks(
            compromisedPods(report.falco())
                .absent()
                .named("compromised pods are gone")
                .tagged("falco"),
            culprit(report.audit())
                .grantAbsent()
                .named("the culprit's binding and role are gone")
                .tagged("audit"),
            culprit(report.audit())
                .denied()
                .named("the culprit cannot do it again")
                .tagged("audit"));
  }
}
