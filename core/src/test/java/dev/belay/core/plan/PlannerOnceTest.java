package dev.belay.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.fact.CommandFact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Condition;
import dev.belay.core.step.Place;
import dev.belay.core.step.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerOnceTest {

  private static final FilePresent FILE = new FilePresent(RemotePath.of("/a")).content("x");
  private static final CommandFact COMMAND = new CommandFact(List.of("true"));
  private static final ObjectFact OBJECT =
      new ObjectFact(Kubectl.ADMIN, ObjectRef.of(ObjectKind.POD, "ns", "p"));
  private static final FileFact OTHER = new FileFact(RemotePath.of("/b"), false);

  private static Task task(boolean here) {
    return FILE.when(new Condition.Exists(RemotePath.of("/c")))
        .task()
        .placed(new Place.Once("cp1", 1, here));
  }

  private static Facts facts() {
    return Facts.NONE
        .with(COMMAND, true)
        .with(OBJECT, new ObjectState.Absent())
        .with(OTHER, new FileState.Absent(RemotePath.of("/b")));
  }

  @Test
  void isSkippedOnOtherHosts() {
    PlannedTask planned = Planner.plan(task(false), facts());

    assertThat(planned.outcome()).isEqualTo(new Outcome.Skipped("runs once, on cp1"));
    assertThat(planned.changes()).isEmpty();
  }

  @Test
  void whatOtherHostsMayChangeIsUnknownBehindIt() {
    Facts after = Planner.plan(task(false), facts()).after();

    assertThat(after.knows(COMMAND)).isFalse();
    assertThat(after.knows(OBJECT)).isFalse();
    assertThat(after.knows(OTHER)).isTrue();
    assertThat(after.toString())
        .contains("task \"file[/a]\" runs once, on cp1, and may change it before");
  }

  @Test
  void isAskedAboutOnlyWhereItRuns() {
    assertThat(Planner.questions(List.of(task(false)))).isEmpty();
    assertThat(Planner.questions(List.of(task(true)))).hasSizeGreaterThan(1);
  }
}
