package dev.belay.playbooks.kube;

import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Steps.auditReport;
import static dev.belay.dsl.Steps.falcoReport;

import dev.belay.core.builtin.falco.FalcoSearch;
import dev.belay.core.builtin.kube.incident.AuditSearch;
import dev.belay.core.playbook.Playbook;

/**
 * Names who is responsible for what happens in a namespace and which pods are compromised, the
 * security report of CKS Challenge 4.
 *
 * <p>Reads the audit log and Falco's log, and writes two files on the host; changes nothing in the
 * cluster. Undo restores the files. What the logs do not tell is {@code unknown}, or warned of.
 */
public final class IncidentReport {

  private IncidentReport() {}

  /**
   * The settings of the playbook.
   *
   * @param hosts pattern of the hosts, which have the logs
   * @param audit what is looked for in the audit log
   * @param falco what is looked for in Falco's log
   * @param files where the results go
   */
  public record Settings(String hosts, AuditSearch audit, FalcoSearch falco, Files files) {

    /** Returns the settings of CKS Challenge 4 for these hosts: what happens in citadel. */
    public static Settings usual(String hosts) {
      return new Settings(
          hosts,
          auditReport(AuditSettings.LOG_DIRECTORY + "/audit.log").namespace("citadel"),
          falcoReport(FalcoSettings.usual().log()),
          new Files("/opt/blacklist_users", "/opt/compromised_pods"));
    }

    /** Returns the settings with another search of the audit log. */
    public Settings audit(AuditSearch newAudit) {
      return new Settings(hosts, newAudit, falco, files);
    }

    /** Returns the settings with another search of Falco's log. */
    public Settings falco(FalcoSearch newFalco) {
      return new Settings(hosts, audit, newFalco, files);
    }

    /** Returns the settings with other files. */
    public Settings files(Files newFiles) {
      return new Settings(hosts, audit, falco, newFiles);
    }
  }

  /**
   * Where the results go.
   *
   * @param users {@code user,role,rolebinding} of who is responsible
   * @param pods {@code namespace,pod} of each compromised pod
   */
  public record Files(String users, String pods) {}

  /** Returns the playbook. */
  public static Playbook playbook(Settings settings) {
    return dev.belay.dsl.Plays.playbook(
        "Incident report",
        play("report")
            .on(settings.hosts())
            .become()
            .tasks(
                settings
                    .audit()
                    .writtenTo(settings.files().users())
                    .named("who is responsible in " + settings.audit().namespace())
                    .tagged("audit"),
                settings
                    .falco()
                    .writtenTo(settings.files().pods())
                    .named("which pods are compromised")
                    .tagged("falco")));
  }
}
