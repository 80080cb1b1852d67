package dev.belay.playbooks.kube;

import dev.belay.core.builtin.pkg.AptRepository;
import java.util.Optional;

/**
 * How Falco is installed and where its alerts go.
 *
 * @param repository where apt gets it from; empty when the host knows already
 * @param driver {@code FALCO_DRIVER_CHOICE} for the package scripts: {@code modern_ebpf}, {@code
 *     kmod} or {@code none}
 * @param log file that gets the alerts
 * @param dropIn whether the output is set by a file of its own in {@code /etc/falco/config.d} where
 *     the installed version reads that directory (0.38 and later), not in falco.yaml
 */
public record FalcoSettings(
    Optional<AptRepository> repository, String driver, String log, boolean dropIn) {

  /** Returns the settings of CKS Challenge 4: alerts go to {@code /opt/falco.log}. */
  public static FalcoSettings usual() {
    return new FalcoSettings(Optional.empty(), "modern_ebpf", "/opt/falco.log", false);
  }

  /** Returns the settings with the repository that apt gets Falco from. */
  public FalcoSettings from(AptRepository newRepository) {
    return new FalcoSettings(Optional.of(newRepository), driver, log, dropIn);
  }

  /** Returns the settings that leave falco.yaml alone where a drop-in does as well. */
  public FalcoSettings preferDropIn() {
    return new FalcoSettings(repository, driver, log, true);
  }
}
