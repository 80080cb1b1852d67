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
    return UnitNames.of("missing", "napper").running().enabled();
  }

  @Override
  public String arrange() {
    return "printf '[Service]\\nExecStart=/bin/sleep 1000\\n[Install]\\nWantedBy=multi-user.target\\n'"
        + " > /etc/systemd/system/napper.service && mkdir -p /etc/systemd/system/multi-user.target.wants";
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost()
        .with(new UnitFact("missing.service"), new UnitState("not-found", "inactive", ""))
        .with(new UnitFact("napper.service"), new UnitState("loaded", "inactive", "disabled"));
  }

  @Override
  public String proof() {
    return "systemctl is-active napper && systemctl is-enabled napper";
  }
}
