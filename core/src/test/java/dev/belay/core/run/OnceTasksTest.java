package dev.belay.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.inventory.HostPattern;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Guard;
import dev.belay.core.step.GuardedBlock;
import dev.belay.core.step.Place;
import dev.belay.core.step.PlayItem;
import dev.belay.core.step.ReversibleTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnceTasksTest {

  private static final Inventory HOSTS = Inventory.literal("a,b,c,");

  private static FilePresent file(String path) {
    return new FilePresent(RemotePath.of(path));
  }

  private static List<PlayHosts> plays(Optional<String> limit, Play... plays) {
    return PlayHosts.of(
        new Playbook("p", List.of(plays)),
        HOSTS,
        limit.map(HostPattern::of),
        TaskChoice.tagged(Set.of(), Set.of()));
  }

  /** Each task of each host as {@code host:turn@where}, in the order of the plays. */
  private static List<String> places(List<PlayHosts> plays) {
    return plays.stream()
        .flatMap(play -> play.hosts().entrySet().stream())
        .flatMap(
            host ->
                host.getValue().stream()
                    .map(task -> task.task().options().place())
                    .flatMap(place -> words(host.getKey().name(), place)))
        .toList();
  }

  private static Stream<String> words(String host, Place place) {
    return place instanceof Place.Once once
        ? Stream.of(host + ":" + once.turn() + "@" + (once.here() ? "here" : once.host()))
        : Stream.empty();
  }

  private static List<String> begun(Play... plays) {
    return HostTasks.of(
            new Playbook("p", List.of(plays)),
            HOSTS,
            Optional.empty(),
            new RunSettings(true, 1, Set.of(), Set.of(), "me"))
        .keySet()
        .stream()
        .map(host -> host.name())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "all,,a:1@here b:1@a c:1@a",
    "all,b:c,b:1@here c:1@b",
    "all,c,c:1@here",
    "c:b,,c:1@b b:1@here"
  })
  void takesTheFirstHostOfThePlayInTheOrderOfTheInventory(
      String pattern, String limit, String places) {
    Play play = Play.of("p").on(pattern).tasks(file("/x"), file("/y").once());

    assertThat(places(plays(Optional.ofNullable(limit), play))).containsExactly(places.split(" "));
  }

  @Test
  void takesTheFirstHostThatIsTakenWhereAPlayTakesThemInBatches() {
    Play play = Play.of("p").on("c:b:a").serial(1).tasks(file("/y").once());

    assertThat(places(plays(Optional.empty(), play))).containsExactly("c:1@here", "b:1@c", "a:1@c");
    assertThat(begun(play)).containsExactly("c", "b", "a");
  }

  /** Else a host that is begun early could wait for one for which there is no thread. */
  @Test
  void nobodyWaitsForAHostThatIsBegunLater() {
    Play some = Play.of("some").on("c").tasks(file("/x"));
    Play all = Play.of("all").tasks(file("/y").once());

    assertThat(begun(some, Play.of("all").tasks(file("/y")))).containsExactly("c", "a", "b");
    assertThat(begun(some, all)).containsExactly("a", "b", "c");
    assertThat(places(plays(Optional.empty(), some, all)))
        .containsExactly("a:1@here", "b:1@a", "c:1@a");
    assertThat(places(plays(Optional.empty(), some.serial(1), all)))
        .containsExactly("a:1@c", "b:1@c", "c:1@here");
  }

  @Test
  void tasksThatLookTheSameHaveTurnsOfTheirOwn() {
    PlayItem once = file("/y").once();
    Play play = Play.of("p").on("a,b").tasks(once, once);

    assertThat(places(plays(Optional.empty(), play, play)))
        .containsExactly(
            "a:1@here", "a:2@here", "b:1@a", "b:2@a", "a:3@here", "a:4@here", "b:3@a", "b:4@a");
  }

  record Who(String inventoryHostname) {}

  @Test
  void isDoneOnTheFirstOfTheHostsThatHaveIt() {
    Play play =
        Play.of("p")
            .with(
                Who.class,
                who ->
                    who.inventoryHostname().equals("a")
                        ? List.of(file("/x"))
                        : List.of(file("/y").once()));

    assertThat(places(plays(Optional.empty(), play))).containsExactly("b:1@here", "c:1@b");
  }

  @Test
  void theOutlineNamesTheHostThatItRunsOn() {
    RunOutline outline =
        RunOutline.of(
            new Playbook("p", List.of(Play.of("p").tasks(file("/x"), file("/y").once()))),
            HOSTS,
            Optional.empty(),
            TaskChoice.tagged(Set.of(), Set.of()));

    assertThat(outline.plays().get(0).tasks().stream().map(RunOutline.TaskLine::hosts))
        .containsExactly(List.of("a", "b", "c"), List.of("a"));
  }

  @Test
  void cannotBeGuarded() {
    assertThatThrownBy(
            () ->
                GuardedBlock.of(
                    Guard.of(Duration.ofSeconds(20), List.of()),
                    new ReversibleTask(file("/f").once().task())))
        .hasMessageContaining("waits for other hosts, so it cannot be guarded");
  }
}
