package dev.belay.core.fact;

import java.util.List;
import java.util.Optional;

/**
 * What kind of host this is, as far as it can be told without changing or installing anything.
 *
 * @param user as whom we asked
 * @param name the node's own name
 * @param os the operating system
 * @param init what process 1 is, such as {@code systemd}; empty where it does not show
 * @param packages programs that install packages, such as {@code apt-get}
 * @param hardware processors, memory and disk
 * @param uptime seconds since it was started; empty where it does not show
 * @param accounts root and the users with a number from 1000 to 65533
 * @param security what confines programs, such as {@code apparmor}
 * @param kube what there is of Kubernetes
 * @param programs further programs there are, of those that playbooks often care about
 * @param runs how many runs of Belay are kept; empty where we may not look
 */
public record HostProfile(
    String user,
    String name,
    Os os,
    String init,
    List<String> packages,
    Hardware hardware,
    Optional<Long> uptime,
    List<Account> accounts,
    List<String> security,
    Kube kube,
    List<String> programs,
    Optional<Integer> runs) {

  /** Copies the lists. */
  public HostProfile {
    packages = List.copyOf(packages);
    accounts = List.copyOf(accounts);
    security = List.copyOf(security);
    programs = List.copyOf(programs);
  }

  /**
   * The operating system, by os-release(5) and uname(1); what does not show is empty.
   *
   * @param id such as {@code debian}
   * @param version such as {@code 12}
   * @param pretty such as {@code Debian GNU/Linux 12 (bookworm)}
   * @param kernel such as {@code Linux 6.1.0-18-amd64}
   * @param machine such as {@code x86_64}
   */
  public record Os(String id, String version, String pretty, String kernel, String machine) {}

  /**
   * Processors, memory and the disk of {@code /}; empty where it does not show.
   *
   * @param processors how many
   * @param memory in KiB
   * @param disk in KiB
   * @param free in KiB
   */
  public record Hardware(
      Optional<Long> processors, Optional<Long> memory, Optional<Long> disk, Optional<Long> free) {}

  /**
   * A user.
   *
   * @param name user name
   * @param number user id
   * @param shell login shell
   * @param home home directory
   */
  public record Account(String name, long number, String shell, String home) {}

  /**
   * What there is of Kubernetes.
   *
   * @param version what kubelet says of itself; empty where there is none
   * @param staticPods names of the manifests in /etc/kubernetes/manifests; empty where we may not
   *     look
   * @param programs such as {@code kubelet} and {@code containerd}
   */
  public record Kube(
      Optional<String> version, Optional<List<String>> staticPods, List<String> programs) {

    /** Copies the lists. */
    public Kube {
      staticPods = staticPods.map(List::copyOf);
      programs = List.copyOf(programs);
    }
  }
}
