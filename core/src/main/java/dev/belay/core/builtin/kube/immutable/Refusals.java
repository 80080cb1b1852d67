package dev.belay.core.builtin.kube.immutable;

import dev.belay.core.step.StepRefusedException;
import tools.jackson.databind.JsonNode;

/** Says why a change of a workload's template would come to nothing. Pure. */
final class Refusals {

  private Refusals() {}

  /**
   * Sees that somebody acts on the change and nobody takes it back.
   *
   * @throws StepRefusedException when not
   */
  static void check(String label, JsonNode root) {
    JsonNode spec = root.path("spec");
    for (JsonNode owner : root.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean(false)) {
        String name = owner.path("kind").asString("") + " " + owner.path("name").asString("");
        throw new StepRefusedException(
            label, "its controller " + name + " would take it back", "change " + name);
      }
    }
    if (spec.path("paused").asBoolean(false)) {
      throw new StepRefusedException(
          label, "its rollout is paused, so that no pod would change", "kubectl rollout resume it");
    }
    if (spec.path("updateStrategy").path("type").asString("").equals("OnDelete")) {
      throw new StepRefusedException(
          label,
          "its update strategy is OnDelete, so that pods stay as they are until somebody deletes"
              + " them",
          "give it the strategy RollingUpdate");
    }
    JsonNode os = spec.path("template").path("spec").path("os").path("name");
    if ((os.asString("") + spec.path("os").path("name").asString("")).equals("windows")) {
      throw new StepRefusedException(
          label, "containers of Windows have no read-only root", "leave it out");
    }
  }
}
