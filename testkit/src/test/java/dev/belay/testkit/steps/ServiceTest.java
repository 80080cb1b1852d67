package dev.belay.testkit.steps;

import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.fact.UnitFact;
import dev.belay.core.fact.UnitState;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;

class ServiceTest implements StepContract {

  @Override
  public PlayItem item() {
    return UnitNames.of("not-there", "contract").running().enabled();
  }

  @Override
  public boolean kubernetes() {
    return true; // the plain host has no systemctl
  }

  @Override
  public String arrange() {
    return "printf '%s\\n' '[Service]' 'ExecStart=/bin/sleep 1000' '[Install]'"
        + " 'WantedBy=multi-user.target' > /etc/systemd/system/contract.service"
        + " && systemctl daemon-reload";
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost()
        .with(new UnitFact("contract.service"), new UnitState("loaded", "inactive", "disabled"));
  }

  @Override
  public String proof() {
    return "systemctl is-active contract && systemctl is-enabled contract";
  }
}
