package dev.belay.testkit.steps;

import dev.belay.core.builtin.pkg.PackageNames;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.HostKind;
import dev.belay.testkit.StepContract;
import java.util.List;
import java.util.Optional;

class PackagesTest implements StepContract {

  @Override
  public PlayItem item() {
    return PackageNames.of("falco").installed().environment("FALCO_DRIVER_CHOICE", "none");
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost()
        .with(
            new PackageFact("falco"),
            new PackageState(Optional.empty(), Optional.of("0.40.0"), true));
  }

  @Override
  public String proof() {
    return "dpkg-query -W -f '${db:Status-Abbrev}' falco | grep -q '^ii' && [ -f /etc/falco/falco.yaml ]";
  }

  /** A busybox shell takes its own dpkg for the host's; a host with apt has no such shell. */
  @Override
  public List<HostKind> hosts() {
    return List.of(HostKind.EMBEDDED, HostKind.EMBEDDED_BASH, HostKind.OPENSSH);
  }

  /** What dpkg and apt note of their own doings; the package's files and conffiles must go. */
  @Override
  public List<String> leavesBehind() {
    return List.of("/var/lib/dpkg", "/var/lib/apt", "/var/cache", "/var/log", "/var/lib/systemd");
  }
}
