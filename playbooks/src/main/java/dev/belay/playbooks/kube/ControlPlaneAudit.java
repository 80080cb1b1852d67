package dev.belay.playbooks.kube;

import static dev.belay.dsl.Guards.apiServerReady;
import static dev.belay.dsl.Guards.guarded;
import static dev.belay.dsl.Guards.until;
import static dev.belay.dsl.Guards.within;
import static dev.belay.dsl.Plays.exists;
import static dev.belay.dsl.Plays.handler;
import static dev.belay.dsl.Plays.not;
import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Steps.file;
import static dev.belay.dsl.Steps.pkg;
import static dev.belay.dsl.Steps.service;
import static dev.belay.dsl.Steps.yaml;

import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.Handler;
import dev.belay.core.step.ReversibleItem;
import dev.belay.core.step.ReversibleTask;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns on auditing in the API server of kubeadm control-plane hosts and installs Falco, the host
 * part of CKS Challenge 4.
 *
 * <p>All of it is one guarded block: when the API server does not come back with its new flags and
 * writes audit events, or this machine or the network fails meanwhile, the host undoes it by
 * itself. Several control planes are taken one after the other, each only while the API servers of
 * all others answer. Only hosts of a kubeadm cluster are meant: other layouts are refused.
 */
public final class ControlPlaneAudit {

  private static final String DROP_IN_HOME = "/etc/falco/config.d";

  /** The unit has a name of its own for each driver (Falco 0.34 and later), before it had one. */
  private static final UnitNames FALCO =
      service("falco-modern-bpf", "falco-kmod", "falco-bpf", "falco-custom", "falco");

  private static final Handler RESTART_FALCO = handler("restart falco", FALCO.restarted());

  private ControlPlaneAudit() {}

  /**
   * The settings of the playbook.
   *
   * @param hosts pattern of the hosts
   * @param audit what the API server audits
   * @param falco how Falco is installed
   */
  public record Settings(String hosts, AuditSettings audit, FalcoSettings falco) {

    /** Returns the settings of CKS Challenge 4 for these hosts. */
    public static Settings usual(String hosts) {
      return new Settings(hosts, AuditSettings.usual(), FalcoSettings.usual());
    }

    /** Returns the settings with other audit settings. */
    public Settings audit(AuditSettings newAudit) {
      return new Settings(hosts, newAudit, falco);
    }

    /** Returns the settings with other settings of Falco. */
    public Settings falco(FalcoSettings newFalco) {
      return new Settings(hosts, audit, newFalco);
    }
  }

  /** Returns the playbook. */
  public static Playbook playbook(Settings settings) {
    return dev.belay.dsl.Plays.playbook(
        "Audit and Falco on control planes",
        play("audit and Falco")
            .on(settings.hosts())
            .become()
            .whileHealthy(apiServerReady())
            .tasks(
                guarded(
                    within(settings.audit().readiness().within().plus(ApiServerAudit.MARGIN)),
                    until(apiServerReady(settings.audit().policy())),
                    items(settings))));
  }

  private static ReversibleItem[] items(Settings settings) {
    List<ReversibleItem> items = new ArrayList<>(ApiServerAudit.items(settings.audit()));
    falco(settings.falco()).stream().map(item -> item.tagged("falco")).forEach(items::add);
    return items.toArray(ReversibleItem[]::new);
  }

  private static List<ReversibleItem> falco(FalcoSettings falco) {
    List<ReversibleItem> tasks = new ArrayList<>();
    falco.repository().ifPresent(tasks::add);
    tasks.add(
        pkg("falco")
            .installed()
            .environment("FALCO_FRONTEND", "noninteractive")
            .environment("FALCO_DRIVER_CHOICE", falco.driver()));
    tasks.addAll(output(falco));
    tasks.add(FALCO.running().enabled().named("falco runs and starts at boot"));
    return tasks;
  }

  private static List<ReversibleItem> output(FalcoSettings falco) {
    ReversibleTask edit =
        yaml("/etc/falco/falco.yaml")
            .set("file_output.enabled", true)
            .set("file_output.keep_alive", false)
            .set("file_output.filename", falco.log())
            .notifies(RESTART_FALCO);
    if (!falco.dropIn()) {
      return List.of(edit);
    }
    ReversibleTask dropIn =
        file(DROP_IN_HOME + "/50-belay-file-output.yaml")
            .content(
                "file_output:\n  enabled: true\n  keep_alive: false\n  filename: "
                    + dev.belay.core.yaml.YamlScalar.of(falco.log()).toYaml())
            .mode("0644")
            .when(exists(DROP_IN_HOME))
            .notifies(RESTART_FALCO);
    return List.of(dropIn, edit.when(not(exists(DROP_IN_HOME))));
  }
}
