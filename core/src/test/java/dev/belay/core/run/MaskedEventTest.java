package dev.belay.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.Diff;
import dev.belay.core.plan.PlanItem;
import dev.belay.core.plan.Problem;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Secret;
import dev.belay.core.step.Finding;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskedEventTest {

  private static final String PLANTED = "pl4nted-in-an-event";

  /** By these things are looked up, so they stay as they are. */
  private static final Set<String> NAMES = Set.of("host", "hosts", "run", "play", "task", "source");

  static Stream<Class<?>> events() {
    return Stream.of(RunEvent.class.getPermittedSubclasses());
  }

  /** Whatever events there are, and whatever they are made of. */
  @ParameterizedTest
  @MethodSource("events")
  void coversASecretInAnyPartOfAnyEvent(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] parts = type.getRecordComponents();
    Class<?>[] types = Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    List<Object> values = new ArrayList<>();
    for (RecordComponent part : parts) {
      values.add(NAMES.contains(part.getName()) ? named(part) : planted(part));
    }
    RunEvent event = (RunEvent) type.getDeclaredConstructor(types).newInstance(values.toArray());
    Secret.of(PLANTED);
    RunEvent masked = MaskedEvent.of(event);
    assertThat(masked.toString()).doesNotContain(PLANTED).isEqualTo(hidden(event));
  }

  private static String hidden(RunEvent event) {
    return event.toString().replace(PLANTED, Secret.MASK);
  }

  private static Object named(RecordComponent part) {
    return part.getType() == List.class ? List.of("cp1") : "cp1";
  }

  private static Object planted(RecordComponent part) {
    String type = part.getGenericType().getTypeName();
    return switch (type.replaceAll(".*[.$]", "")) {
      case "String" -> "a " + PLANTED + " b";
      case "String>" -> List.of("x", PLANTED);
      case "Diff>" ->
          List.of(
              new Diff.Line("/etc/" + PLANTED, PLANTED, "b"),
              new Diff.Text("f", Optional.empty(), Optional.of(Content.of(PLANTED))));
      case "Duration" -> Duration.ofSeconds(1);
      case "boolean" -> true;
      case "int" -> 1;
      case "Problem" -> new Problem(PLANTED, PLANTED, "state", PLANTED);
      case "Kind" -> RunEvent.Kind.CHECK;
      case "Status" -> RunEvent.Status.OK;
      case "Finding" -> new Finding(PLANTED, List.of("who"), List.of(List.of(PLANTED)));
      case "PlanItem" -> new PlanItem("p", "t", "ok", List.of(new PlanItem.Step(PLANTED, "aa")));
      case "Recap" -> Recap.of(new RunEvent.Started(RunEvent.Kind.CHECK, "p", "r", List.of("cp1")));
      default -> throw new AssertionError("plant a secret in a " + type + " too");
    };
  }

  @Test
  void marksTheContentOfADiff() {
    Secret.of(PLANTED);
    var diff =
        new Diff.Text(
            "/etc/x", Optional.of(Content.of("old\n")), Optional.of(Content.of("p=" + PLANTED)));
    assertThat(diff.after().orElseThrow().secret()).isTrue();
    assertThat(diff.before().orElseThrow().secret()).isFalse();
  }
}
