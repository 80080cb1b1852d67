package dev.belay.testkit.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.falco.PodRef;
import dev.belay.core.builtin.kube.syscall.ContainerRef;
import dev.belay.core.builtin.kube.syscall.NodeContainersFact;
import dev.belay.core.builtin.kube.syscall.PodOwner;
import dev.belay.core.builtin.kube.syscall.PodOwnerFact;
import dev.belay.core.builtin.kube.syscall.StraceOutput;
import dev.belay.core.builtin.kube.syscall.Syscalls;
import dev.belay.core.builtin.kube.syscall.TraceFact;
import dev.belay.core.fact.CommandFact;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.Finding;
import dev.belay.testkit.FakeHost;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyscallsTest {

  private static final Syscalls STEP = new Syscalls("team-red", "collector*").forbidden("kill");
  private static final String TABLE = " 50.00 0.1 1 %d %d %s";
  private static final List<ContainerRef> CONTAINERS =
      List.of(
          container("collector1-a", "main", '1'),
          container("collector2-b", "main", '2'),
          container("collector2-b", "side", '3'),
          container("collector3-c", "main", '4'),
          container("other", "main", '5'));

  private static ContainerRef container(String pod, String name, char digit) {
    return new ContainerRef(new PodRef("team-red", pod), name, String.valueOf(digit).repeat(64));
  }

  /** What strace says of the containers in order, of which the last is another pod's. */
  private static FakeHost host(TraceFact.Watched... watched) {
    Map<String, TraceFact.Watched> answers = new LinkedHashMap<>();
    for (int i = 0; i < watched.length; i++) {
      answers.put(CONTAINERS.get(i).id(), watched[i]);
    }
    List<String> ids = CONTAINERS.subList(0, 4).stream().map(ContainerRef::id).toList();
    return new FakeHost()
        .with(new NodeContainersFact(), CONTAINERS)
        .with(new CommandFact(List.of("strace", "-V")), true)
        .with(new CommandFact(List.of("strace", "-e", "trace=kill", "-V")), true)
        .with(new TraceFact(ids, List.of("kill"), 15), answers)
        .with(
            new PodOwnerFact(new PodRef("team-red", "collector2-b")),
            new PodOwner.Controller("Deployment", "collector2"));
  }

  private static TraceFact.Watched saw(String... lines) {
    return new TraceFact.Watched(1, StraceOutput.read(List.of(lines)), List.of());
  }

  private static String row(int calls, int errors, String name) {
    return TABLE.formatted(calls, errors, name);
  }

  private static PlannedTask check(FakeHost host, Syscalls step) {
    return host.check(new Playbook("p", List.of(Play.of("p").tasks(step)))).get(0);
  }

  @Test
  void namesTheOneOfThreePodsThatMakesAForbiddenCall() {
    PlannedTask planned =
        check(
            host(
                saw(row(9, 0, "read")),
                saw(row(9, 0, "read"), row(2, 2, "kill"), "7 kill(666, SIGTERM) = -1 ESRCH (No)"),
                saw(row(1, 0, "kill")),
                saw(row(3, 0, "read"))),
            STEP);

    assertThat(planned.outcome()).isInstanceOf(Outcome.Ok.class);
    assertThat(planned.changes()).isEmpty();
    assertThat(planned.warnings())
        .containsExactly(
            "pod team-red/collector2-b (owner: Deployment/collector2) calls kill 3 times (2 failed)");
    Finding forbidden = planned.findings().get(0);
    assertThat(forbidden.title()).isEqualTo("forbidden system calls");
    assertThat(forbidden.rows())
        .containsExactly(
            List.of(
                "team-red",
                "collector2-b",
                "main",
                "kill",
                "2",
                "2",
                "Deployment/collector2",
                "7 kill(666, SIGTERM) = -1 ESRCH (No)"),
            List.of(
                "team-red", "collector2-b", "side", "kill", "1", "0", "Deployment/collector2", ""));
    assertThat(planned.findings().get(1).rows()).hasSize(5);
  }

  @Test
  void findsNothingForbiddenWhereNothingIs() {
    TraceFact.Watched read = saw(row(9, 0, "read"));
    PlannedTask planned = check(host(read, read, read, read), STEP);

    assertThat(planned.warnings()).isEmpty();
    assertThat(planned.findings()).extracting(Finding::title).containsExactly("system calls");
  }

  @Test
  void saysWhatItCouldNotSee() {
    TraceFact.Watched refused =
        new TraceFact.Watched(
            1,
            StraceOutput.read(List.of()),
            List.of("strace: attach: ptrace(PTRACE_SEIZE, 7): Operation not permitted"));
    TraceFact.Watched ended = new TraceFact.Watched(0, StraceOutput.read(List.of()), List.of());

    assertThat(check(host(saw(), refused, ended, ended), STEP).warnings())
        .containsExactly(
            "container main of pod team-red/collector1-a made no system call in 15 s: watch longer",
            "container main of pod team-red/collector2-b: strace: attach: ptrace(PTRACE_SEIZE, 7):"
                + " Operation not permitted");
    assertThat(check(host(), new Syscalls("team-blue", "*")).warnings())
        .containsExactly("no container of a pod team-blue/* runs on this host");
  }

  @Test
  void saysHowStraceIsInstalled() {
    FakeHost host = host().with(new CommandFact(List.of("strace", "-V")), false);
    var problem = ((Outcome.Fails) check(host, STEP).outcome()).problem();
    assertThat(problem.got()).isEqualTo("the host has no strace");
    assertThat(problem.advice()).contains("pkg(\"strace\").installed()");

    host.with(
        new PackageFact("strace"), new PackageState(Optional.of("6.1"), Optional.empty(), true));
    assertThat(check(host, STEP).outcome())
        .isEqualTo(new Outcome.MayChange("system calls: an earlier task installs strace"));
  }

  @Test
  void refusesACallThatTheHostDoesNotKnow() {
    FakeHost host =
        host().with(new CommandFact(List.of("strace", "-e", "trace=kill", "-V")), false);

    assertThat(((Outcome.Fails) check(host, STEP).outcome()).problem().got())
        .contains("does not know all of these system calls");
    assertThatThrownBy(() -> STEP.forbidden("kill;reboot"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> STEP.watchedFor(Duration.ofMinutes(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Syscalls("team_red", "*"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
