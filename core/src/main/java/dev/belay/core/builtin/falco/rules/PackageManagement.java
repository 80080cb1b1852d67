package dev.belay.core.builtin.falco.rules;

import dev.belay.core.builtin.falco.FalcoPriority;
import java.util.List;

/**
 * The rule about package managers that run in containers.
 *
 * <p>It left Falco's default rules with 0.36 (falcosecurity/rules, falco-rules-2.0.0) for
 * rules/falco-incubating_rules.yaml, of which this is the condition, with its macros of one use
 * written out: it needs only the macros {@code spawned_process} and {@code container} and the list
 * {@code package_mgmt_binaries}, which the default rules of 0.32 to 0.44 all have, and replaces no
 * macro that others may have changed. Its output names the pod in the words of every version, and
 * nothing that the process itself chose comes before.
 */
public final class PackageManagement {

  private static final String CONDITION =
      """
      spawned_process
      and container
      and user.name != "_apt"
      and proc.name in (package_mgmt_binaries)
      and not (proc.pname in (package_mgmt_binaries)
        or proc.aname[2] in (package_mgmt_binaries)
        or proc.aname[3] in (package_mgmt_binaries)
        or proc.aname[4] in (package_mgmt_binaries))
      and not (proc.cmdline startswith "update-alternat"
        and (container.image.repository = "registry.k8s.io/kube-proxy"
          or container.image.repository = "k8s.gcr.io/kube-proxy"))
      """;

  private static final String OUTPUT =
      """
      Package management process launched in container
      (container_id=%container.id container_name=%container.name k8s_ns_name=%k8s.ns.name
      k8s_pod_name=%k8s.pod.name image=%container.image.repository:%container.image.tag
      user=%user.name user_loginuid=%user.loginuid process=%proc.name parent=%proc.pname
      command=%proc.cmdline)
      """;

  /** The rule, as a report on compromised pods looks for it. */
  public static final FalcoRule RULE =
      FalcoRule.named("Launch Package Management Process in Container")
          .condition(CONDITION)
          .output(OUTPUT)
          .priority(FalcoPriority.ERROR)
          .desc("Package management process ran inside container")
          .tags("container", "process", "software_mgmt", "mitre_persistence", "T1505");

  /** The list of the default rules, for a host whose rules lack it; the kernel cuts names at 15. */
  private static final FalcoList PACKAGE_MANAGERS =
      new FalcoList(
          "package_mgmt_binaries",
          List.of(
              "dpkg",
              "dpkg-preconfigu",
              "dpkg-reconfigur",
              "dpkg-divert",
              "apt",
              "apt-get",
              "aptitude",
              "add-apt-reposit",
              "apt-key",
              "apt-cache",
              "unattended-upgr",
              "dnf",
              "rpm",
              "yum",
              "microdnf",
              "repoquery",
              "update-alternat",
              "gem",
              "npm",
              "pip",
              "pip3",
              "conda",
              "apk",
              "snapd"),
          Merge.REPLACE);

  /** What a host needs for the rule; keep it {@link FalcoRulesFile#whereMissing}. */
  public static final FalcoRules RULES = FalcoRules.of(PACKAGE_MANAGERS, RULE);

  private PackageManagement() {}
}
