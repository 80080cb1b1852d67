package dev.belay.core.builtin.command;

import dev.belay.core.change.Change;
import dev.belay.core.change.RunCommand;
import dev.belay.core.fact.CommandOutput;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.step.Finding;
import dev.belay.core.step.Health;
import dev.belay.core.step.Step;
import dev.belay.core.step.StepRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A step that is made of what a command prints on the host.
 *
 * @param result the command
 * @param label what the step is, for people
 * @param wantsSuccess whether the step fails when the command does
 * @param make makes the step; pure
 */
public record StepOfResult(
    Result result, String label, boolean wantsSuccess, Function<CommandOutput, Step> make)
    implements Step {

  /** Checks the label. */
  public StepOfResult {
    if (label.isBlank()) {
      throw new IllegalArgumentException("a step of a result needs a name");
    }
  }

  /** Returns the step, once it is known what the command prints. */
  private Step made(Facts facts) {
    CommandOutput output = facts.get(result.fact());
    String command = RunCommand.shown(result.argv());
    if (wantsSuccess && !output.ok()) {
      throw new StepRefusedException(
          label + ", made of what " + command + " prints",
          "it ended with status " + output.exit() + ": " + output.err().strip(),
          "mend the command, or take its failure by intoAny");
    }
    try {
      return make.apply(output);
    } catch (IllegalArgumentException | IndexOutOfBoundsException unfit) {
      throw new StepRefusedException(
          label + ", made of what " + command + " prints",
          "the playbook cannot make a step of it: " + unfit.getMessage(),
          "correct the playbook; the command printed " + output.lines().size() + " lines");
    }
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of(result.fact());
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    Step step = made(facts);
    List<Fact<?>> more = new ArrayList<>(step.reads());
    if (more.stream().allMatch(facts::has)) {
      more.addAll(step.followUps(facts));
    }
    return more;
  }

  @Override
  public List<? extends Change> plan(Facts facts) {
    return made(facts).plan(facts);
  }

  /** Nobody knows what it will be: it may alter anything. */
  @Override
  public List<? extends Change> atMost(Facts facts) {
    return List.of(
        new RunCommand(
            List.of(label),
            Optional.empty(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Duration.ofMinutes(1)));
  }

  @Override
  public List<String> warnings(Facts facts) {
    return made(facts).warnings(facts);
  }

  @Override
  public List<Finding> findings(Facts facts) {
    return made(facts).findings(facts);
  }

  @Override
  public Optional<Health> health(Facts facts) {
    return made(facts).health(facts);
  }
}
