package dev.belay.core.run;

import dev.belay.core.plan.PlanItem;
import java.util.List;
import java.util.Map;

/**
 * What a check has predicted, host by host, that an apply is held to.
 *
 * @param hosts what is planned, by the host's name, in order; what an earlier run owes comes first
 */
public record RunPlan(Map<String, List<PlanItem>> hosts) {

  /** Copies the map. */
  public RunPlan {
    hosts = Map.copyOf(hosts);
  }
}
