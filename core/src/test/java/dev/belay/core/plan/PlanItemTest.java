package dev.belay.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.Change;
import dev.belay.core.change.RemoveFile;
import dev.belay.core.change.RunCommand;
import dev.belay.core.change.SetAttributes;
import dev.belay.core.change.WriteFile;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Secret;
import dev.belay.core.step.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanItemTest {

  private static final RemotePath PATH = RemotePath.of("/etc/pin");
  private static final Attributes OWN = new Attributes(Mode.OWNER_ONLY, "root", "root");

  private static FileState.Regular file(Content content, Attributes attributes) {
    return FileState.Regular.planned(PATH, attributes, content);
  }

  private static RunCommand command(Optional<Content> input, Map<String, Secret> secrets) {
    return new RunCommand(
        List.of("tool"), input, Map.of(), secrets, Optional.empty(), Duration.ofMinutes(1));
  }

  /** Each makes a change of a secret, which may be as short as can be. */
  static Stream<Function<String, Change>> changesOfASecret() {
    Content old = Content.of(Secret.of("9"));
    return Stream.of(
        pin -> new WriteFile(new FileState.Absent(PATH), Content.of(Secret.of(pin)), OWN),
        pin -> new WriteFile(file(Content.of("public"), OWN), Content.of(Secret.of(pin)), OWN),
        pin -> new WriteFile(file(Content.of(Secret.of(pin)), OWN), old, OWN),
        pin -> new RemoveFile(file(Content.of(Secret.of(pin)), OWN)),
        pin ->
            new SetAttributes(
                file(Content.of(Secret.of(pin)), OWN),
                new Attributes(Mode.READABLE, "root", "root")),
        pin -> command(Optional.of(Content.of(Secret.of(pin))), Map.of()),
        pin -> command(Optional.empty(), Map.of("PIN", Secret.of(pin))));
  }

  /** What does not depend on the secret can tell nobody which it is. */
  @ParameterizedTest
  @MethodSource("changesOfASecret")
  void dependsOnNoSecret(Function<String, Change> change) {
    assertThat(change.apply("1").secret()).isTrue();
    assertThat(digest(change.apply("1"))).isEqualTo(digest(change.apply("2")));
  }

  @Test
  void dependsOnWhereASecretGoes() {
    Content pin = Content.of(Secret.of("1"));
    Attributes all = new Attributes(Mode.READABLE, "root", "root");
    assertThat(
            Stream.of(
                    new WriteFile(new FileState.Absent(PATH), pin, OWN),
                    new WriteFile(new FileState.Absent(PATH), pin, all),
                    new WriteFile(new FileState.Absent(RemotePath.of("/etc/other")), pin, OWN),
                    new WriteFile(file(Content.of("x"), OWN), pin, OWN),
                    new WriteFile(file(Content.of("x"), all), pin, OWN))
                .map(PlanItemTest::digest))
        .doesNotHaveDuplicates();
  }

  @Test
  void dependsOnContentThatMayBeSeen() {
    assertThat(digest(new WriteFile(new FileState.Absent(PATH), Content.of("1"), OWN)))
        .isNotEqualTo(digest(new WriteFile(new FileState.Absent(PATH), Content.of("2"), OWN)));
    assertThat(digest(command(Optional.of(Content.of("1")), Map.of())))
        .isNotEqualTo(digest(command(Optional.of(Content.of("2")), Map.of())));
  }

  private static String digest(Change change) {
    PlannedTask planned =
        new PlannedTask(
            new Makes(change).task(),
            new Outcome.WouldChange(),
            List.of(change),
            List.of(),
            List.of(),
            Optional.empty(),
            Facts.NONE);
    return PlanItem.of("play", planned).changes().get(0).digest();
  }

  /**
   * A step for the task.
   *
   * @param change what it does
   */
  private record Makes(Change change) implements Step {
    @Override
    public String label() {
      return "makes";
    }

    @Override
    public List<Fact<?>> reads() {
      return List.of();
    }

    @Override
    public List<Change> plan(Facts facts) {
      return List.of(change);
    }
  }
}
