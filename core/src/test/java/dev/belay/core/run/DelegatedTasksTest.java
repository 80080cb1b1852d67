package dev.belay.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.fact.CommandFact;
import dev.belay.core.fact.Facts;
import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class DelegatedTasksTest {

  private static final Inventory HOSTS = Inventory.literal("a,b,c,lb1,");
  private static final FilePresent FILE = new FilePresent(RemotePath.of("/y"));

  private static List<PlayHosts> plays(Play... plays) {
    return PlayHosts.of(
        new Playbook("p", List.of(plays)),
        HOSTS,
        Optional.empty(),
        TaskChoice.tagged(Set.of(), Set.of()));
  }

  private static List<String> order(Play... plays) {
    return HostOrder.of(plays(plays), HOSTS).stream().map(Host::name).toList();
  }

  private static Play play(String hosts, String delegate) {
    return Play.of(hosts).on(hosts).tasks(FILE.delegatedTo(delegate));
  }

  @Test
  void namesTheOtherHost() {
    assertThat(plays(play("a", "lb1")).get(0).tasks())
        .extracting(task -> task.task().name())
        .containsExactly("file[/y] (on lb1)");
  }

  @Test
  void whatAHostDelegatesToItselfIsATaskLikeAnyOther() {
    assertThat(plays(play("a,b", "a")).get(0).tasks())
        .extracting(task -> task.task().options().place())
        .containsExactly(Place.EACH, new Place.On("a"));
  }

  @Test
  void refusesAHostThatIsNotThere() {
    assertThatThrownBy(() -> plays(play("a", "lb2")))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("task \"file[/y]\" (")
        .hasMessageEndingWith("is delegated to \"lb2\"; did you mean \"lb1\"?");
  }

  @Test
  void hostsToWhichOthersDelegateAreBegunFirst() {
    Play own = Play.of("own").on("lb1").tasks(FILE);
    assertThat(order(play("a,b", "lb1"), own)).containsExactly("lb1", "a", "b");
    assertThat(order(play("a,b", "lb1"))).containsExactly("a", "b");
    assertThat(
            RunOutline.of(
                    new Playbook("p", List.of(play("a,b", "lb1"))),
                    HOSTS,
                    Optional.empty(),
                    TaskChoice.tagged(Set.of(), Set.of()))
                .delegates())
        .containsExactly("lb1");
  }

  @Test
  void refusesHostsThatWouldWaitForEachOther() {
    refuses("a would wait at task \"file[/y] (on b)\" for b", play("a", "b"), play("b", "a"));
    refuses("b would wait", play("a", "b"), play("b", "c"), Play.of("c").on("c").tasks(FILE));
    refuses(
        "lb1 would wait at task \"file[/y]\" for a",
        play("a", "lb1"),
        Play.of("all").on("a,lb1").tasks(FILE.once()));
    refuses("a would wait", play("a", "lb1").serial(1), Play.of("own").on("lb1").tasks(FILE));
  }

  private static void refuses(String message, Play... plays) {
    assertThatThrownBy(() -> plays(plays))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageStartingWith(message)
        .hasMessageContaining("which is begun after it or waits itself");
  }

  @Test
  void isNotBothOnceAndDelegated() {
    assertThatThrownBy(() -> FILE.once().delegatedTo("lb1"))
        .hasMessage("a task runs once, or is delegated, not both");
    assertThatThrownBy(() -> FILE.delegatedTo("lb1").once())
        .hasMessage("a task runs once, or is delegated, not both");
    assertThatThrownBy(() -> FILE.delegatedTo(" ")).hasMessageContaining("got no name");
  }

  @Test
  void nothingIsKnownOfItOnTheHostThatDelegates() {
    CommandFact command = new CommandFact(List.of("true"));
    PlannedTask planned =
        Planner.plan(FILE.delegatedTo("lb1").task(), Facts.NONE.with(command, true));

    assertThat(planned.outcome())
        .asInstanceOf(InstanceOfAssertFactories.type(Outcome.MayChange.class))
        .extracting(Outcome.MayChange::reason)
        .isEqualTo("it is done on lb1");
    assertThat(planned.after().knows(command)).isFalse();
  }
}
