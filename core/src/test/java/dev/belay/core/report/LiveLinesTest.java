package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Kind;
import dev.belay.core.run.RunEvent.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveLinesTest {

  private final Screen screen = new Screen(400);
  private LiveLines.Size size = new LiveLines.Size(60, 24);
  private long now;
  private final LiveLines lines = new LiveLines(screen, false, () -> size, () -> now);
  private final ConsoleReport console = new ConsoleReport(lines, ConsoleLook.PLAIN);

  private void tell(RunEvent event) {
    lines.accept(event);
    console.accept(event);
    lines.tick();
  }

  private void seconds(int more) {
    now += Duration.ofSeconds(more).toNanos();
    lines.tick();
  }

  private static RunEvent.Started started(String... hosts) {
    return new RunEvent.Started(Kind.APPLY, "Audit", "R1", List.of(hosts));
  }

  private static RunEvent.Connected connected(String host) {
    return new RunEvent.Connected(host, Duration.ofMillis(200));
  }

  @Test
  void sayWhatEachHostIsAtBelowWhatWasPrinted() {
    tell(started("cp1", "node-2"));
    tell(connected("node-2"));
    tell(connected("cp1"));
    tell(new RunEvent.Began("cp1", "audit", "policy"));
    assertThat(screen.lines())
        .containsExactly(
            "PLAYBOOK Audit  on 2 hosts",
            "cp1     audit \u203a policy",
            "node-2  asking what is there",
            "0 of 2 hosts done");
    seconds(12);
    tell(SampleRuns.task("cp1", "audit", "policy", Status.CHANGED));
    seconds(1);
    tell(new RunEvent.HostEnded("node-2", 1, Duration.ofSeconds(12)));
    assertThat(screen.lines())
        .containsExactly(
            "PLAYBOOK Audit  on 2 hosts",
            "",
            "changed       cp1     audit \u203a policy",
            "cp1  confirming  1 s",
            "1 of 2 hosts done  13 s");
  }

  @Test
  void sayNothingOnceTheLastHostIsDone() {
    tell(started("cp1"));
    assertThat(screen.lines()).contains("connecting");
    tell(connected("cp1"));
    tell(new RunEvent.HostEnded("cp1", 1, Duration.ofSeconds(1)));
    assertThat(screen.lines()).noneMatch(line -> line.contains("connecting"));
  }

  @Test
  void areGoneAtTheEndAndTheCursorIsBack() {
    List<RunEvent> run = SampleRuns.rolledBack();
    run.forEach(this::tell);
    assertThat(screen.lines()).noneMatch(line -> line.contains("undoing"));
    assertThat(screen.cursor()).isTrue();
    StringBuilder plain = new StringBuilder();
    run.forEach(new ConsoleReport(plain, ConsoleLook.PLAIN));
    assertThat(String.join("\n", screen.lines()).stripTrailing())
        .isEqualTo(
            plain
                .toString()
                .lines()
                .map(String::stripTrailing)
                .reduce((a, b) -> a + "\n" + b)
                .get());
  }

  @Test
  void areWrittenInOnePieceAndOnlyWhenTheySaySomethingElse() {
    tell(started("cp1"));
    tell(connected("cp1"));
    int before = screen.pieces.size();
    IntStream.range(0, 50).forEach(i -> lines.tick());
    assertThat(screen.pieces).hasSize(before);
    seconds(1);
    assertThat(screen.pieces).hasSize(before + 1);
    assertThat(screen.pieces.get(before)).startsWith("\r\u001b[J").endsWith("  1 s");
  }

  @Test
  void hideTheCursorAndGiveItBackWhileSomebodyIsAsked() {
    tell(started("cp1"));
    tell(connected("cp1"));
    assertThat(screen.cursor()).isFalse();
    String answer =
        lines.aside(
            () -> {
              assertThat(screen.cursor()).isTrue();
              assertThat(screen.lines()).containsExactly("PLAYBOOK Audit  on cp1", "");
              seconds(2);
              assertThat(screen.lines()).hasSize(2);
              return "yes";
            });
    assertThat(answer).isEqualTo("yes");
    assertThat(screen.cursor()).isFalse();
    assertThat(screen.lines()).last().isEqualTo("cp1  asking what is there  2 s");
    lines.close();
    assertThat(screen.cursor()).isTrue();
    tell(SampleRuns.task("cp1", "a", "b", Status.OK));
    assertThat(screen.lines()).noneMatch(line -> line.contains("confirming"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 19, 20, 34, 60, 200})
  void fitTheWidthWhateverStandsInThem(int columns) {
    size = new LiveLines.Size(columns, 24);
    String wide = "\u65e5\u672c\u8a9e\u306e\u30db\u30b9\u30c8-" + "x".repeat(80);
    LiveBoard board = new LiveBoard();
    board.tell(started(wide, "cp1"), 0);
    for (String host : List.of(wide, "cp1")) {
      board.tell(connected(host), 0);
      board.tell(new RunEvent.Began(host, wide, "a\nb\u001b[2J"), 0);
      board.tell(new RunEvent.Progress(host, "Unpacking " + wide, 43), 0);
    }
    long later = Duration.ofMinutes(7).toNanos();
    for (String line : board.lines(columns, 5, later)) {
      assertThat(CellWidth.of(line)).as(line).isLessThanOrEqualTo(columns);
      assertThat(line.chars()).noneMatch(c -> c < ' ');
    }
  }

  @Test
  void tellProgressAndForgetItWithItsTask() {
    tell(started("cp1"));
    tell(connected("cp1"));
    tell(new RunEvent.Began("cp1", "falco", "pkg[falco]"));
    tell(new RunEvent.Progress("cp1", "Unpacking falco", 43));
    seconds(70);
    assertThat(screen.lines())
        .last()
        .isEqualTo("cp1  falco \u203a pkg[falco]  Unpacking falco  43%  1 min 10 s");
    tell(new RunEvent.Began("cp1", "falco", "next"));
    assertThat(screen.lines()).last().isEqualTo("cp1  falco \u203a next");
  }

  @Test
  void areNoMoreThanFitTheScreen() {
    size = new LiveLines.Size(60, 8);
    List<String> hosts = IntStream.range(0, 40).mapToObj(i -> "n" + i).toList();
    tell(new RunEvent.Started(Kind.APPLY, "Audit", "R1", hosts));
    hosts.forEach(host -> tell(connected(host)));
    List<String> shown = new ArrayList<>(screen.lines());
    assertThat(shown).hasSize(7).last().isEqualTo("and 35 more at work; 0 of 40 hosts done");
  }

  @Test
  void areErasedWholeAfterTheTerminalBecameNarrower() {
    Screen narrow = new Screen(30);
    LiveLines shrinking = new LiveLines(narrow, false, () -> size, () -> now);
    shrinking.append("first\n");
    shrinking.accept(started("cp1"));
    shrinking.accept(connected("cp1"));
    shrinking.accept(new RunEvent.Began("cp1", "audit", "a task with a rather long name indeed"));
    shrinking.tick();
    assertThat(narrow.lines()).hasSize(3); // the terminal has broken the line of 60 columns
    size = new LiveLines.Size(30, 24);
    shrinking.tick();
    assertThat(narrow.lines()).containsExactly("first", "cp1  audit \u203a a task with a r\u2026");
  }
}
