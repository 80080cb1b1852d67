package dev.belay.testkit.steps;

import dev.belay.core.builtin.pkg.PackageNames;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
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
    return "dpkg-query -W -f '${db:Status-Abbrev}' falco | grep -q '^ii '"
        + " && [ -e /etc/falco/falco.yaml ] && ! ls /var/cache/apt/archives/*falco* 2>/dev/null";
  }

  /** dpkg and apt keep logs, backups and lists of their own; no rollback is to forge those. */
  @Override
  public List<String> leavesBehind() {
    return List.of(
        "/var/log/apt",
        "/var/log/dpkg.log",
        "/var/lib/dpkg",
        "/var/lib/apt",
        "/var/cache/apt",
        "/var/cache/debconf");
  }
}
