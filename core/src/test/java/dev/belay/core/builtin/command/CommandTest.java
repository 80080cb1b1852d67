package dev.belay.core.builtin.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.change.Change;
import dev.belay.core.change.Diff;
import dev.belay.core.change.RunCommand;
import dev.belay.core.fact.CommandFact;
import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.fact.UserFact;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Secret;
import dev.belay.core.step.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

  private static final RemotePath MADE = RemotePath.of("/opt/made");
  private static final CommandFact TEST = new CommandFact(List.of("test", "-e", "/x"));
  private static final CommandLine LINE = CommandLine.of("make", "it");
  private static final FileState FREE = new FileState.Absent(MADE);
  private static final FileState THERE = file(MADE.value());

  private static FileState file(String path) {
    return FileState.Regular.planned(
        RemotePath.of(path), new Attributes(Mode.READABLE, "root", "root"), Content.of(""));
  }

  /** Whether the path is there, whether the test succeeds, and whether the command runs. */
  @ParameterizedTest
  @CsvSource({
    "creates, false, false, true",
    "creates, true, false, false",
    "unless, false, false, true",
    "unless, false, true, false",
    "onlyIf, false, true, true",
    "onlyIf, false, false, false",
    "all, false, false, true",
    "all, true, false, false",
    "all, false, true, false",
  })
  void runsWhereEveryGuardWantsIt(String guard, boolean there, boolean succeeds, boolean runs) {
    Command step =
        switch (guard) {
          case "creates" -> LINE.creates("/opt/made");
          case "unless" -> LINE.unless("test", "-e", "/x");
          case "onlyIf" -> LINE.onlyIf("test", "-e", "/x");
          default -> LINE.creates("/opt/made").unless("test", "-e", "/x");
        };
    Facts facts =
        Facts.NONE.with(new FileFact(MADE, false), there ? THERE : FREE).with(TEST, succeeds);
    assertThat(step.plan(facts)).hasSize(runs ? 1 : 0);
  }

  @Test
  void asksItsGuardsOnly() {
    Command step = LINE.creates("/opt/made").onlyIf("test", "-e", "/x");
    assertThat(step.reads()).isEqualTo(List.<Fact<?>>of(new FileFact(MADE, false), TEST));
  }

  @Test
  void showsTheCommandLineAndNeverItsInput() {
    Command step =
        CommandLine.of("tool", "--name", "two words", "it's")
            .creates("/opt/made")
            .input(Secret.of("hunter2"));
    RunCommand change = step.plan(Facts.NONE.with(new FileFact(MADE, false), FREE)).get(0);
    assertThat(step.label()).isEqualTo("command[tool --name 'two words' 'it'\\''s']");
    assertThat(change.diff())
        .containsExactly(new Diff.Line("command", "not run", "tool --name 'two words' 'it'\\''s'"));
    assertThat(change + step.toString() + change.summary()).doesNotContain("hunter2");
    assertThat(change.whyNoUndo()).isNotBlank();
  }

  @Test
  void givesWordsVariablesAndInputAsTheyAre() throws Exception {
    String hostile = "a'b\"c $(id) `id` \\ *\n\tend";
    String second = hostile.replace('a', '2');
    String third = hostile.replace('a', '3');
    Command step =
        CommandLine.of("sh", "-c", "umask; printf '%s|' \"$@\" \"$V\" \"$W\"; cat", "x", hostile)
            .creates("/opt/made")
            .environment("V", hostile)
            .environment("W", Secret.of(second))
            .input(Secret.of(third));
    String script = step.plan(Facts.NONE.with(new FileFact(MADE, false), FREE)).get(0).perform();
    Process shell = new ProcessBuilder("sh", "-c", "umask 077\n" + script + "\numask").start();
    String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(out)
        .isEqualTo("0022\n" + String.join("|", hostile, hostile, second, third) + "0077\n");
  }

  @Test
  void refusesASecretThatPsWouldShow() {
    Secret secret = Secret.of("ps-would-show-it");
    String word = "--password=" + secret.reveal();
    for (ThrowingCallable building :
        List.<ThrowingCallable>of(
            () -> CommandLine.of("tool", word),
            () -> LINE.unless("tool", word),
            () -> LINE.onlyIf("tool", word),
            () -> LINE.creates("/opt/made").undoneBy("tool", word),
            () -> new Condition.Succeeds(List.of("tool", word)))) {
      assertThatThrownBy(building)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("argument 1 of tool holds a secret")
          .hasMessageNotContaining(secret.reveal());
    }
  }

  @Test
  void showsNoSecretVariable() {
    Command step = LINE.creates("/opt/made").environment("TOKEN", Secret.of("t0ken-of-the-test"));
    RunCommand change = step.plan(Facts.NONE.with(new FileFact(MADE, false), FREE)).get(0);
    assertThat(step + change.toString() + change.summary() + change.diff())
        .contains("TOKEN")
        .doesNotContain("t0ken-of-the-test");
    assertThat(change.secret()).isTrue();
    assertThat(change.perform()).contains("export TOKEN='t0ken-of-the-test'");
  }

  @Test
  void leavesNothingToRelyOnWhenNobodySaysWhatItAlters() {
    Facts after = after(LINE.creates("/opt/made"));
    assertThat(after.knows(new FileFact(MADE, false))).isFalse();
    assertThat(after.knows(new FileFact(RemotePath.of("/etc/motd")))).isFalse();
    assertThat(after.knows(new PackageFact("falco"))).isFalse();
    assertThat(after.knows(new UserFact())).isTrue();
  }

  @Test
  void altersOnlyWhatItsAuthorNamesAndWhatItCreates() {
    Facts after = after(LINE.creates("/opt/made").affects("/srv/new/deep"));
    assertThat(after.knows(new FileFact(MADE, false))).isFalse();
    assertThat(after.knows(new FileFact(RemotePath.of("/srv/new")))).isFalse();
    assertThat(after.knows(new FileFact(RemotePath.of("/srv/new/deep/er")))).isFalse();
    assertThat(after.knows(new DirectoryFact(RemotePath.of("/srv")))).isFalse();
    assertThat(after.knows(TEST)).isFalse();
    assertThat(after.knows(new FileFact(RemotePath.of("/etc/motd")))).isTrue();
    assertThat(after.knows(new PackageFact("falco"))).isTrue();
  }

  @Test
  void altersNothingWhenItsAuthorSaysSo() {
    Facts facts = facts().with(TEST, false);
    RunCommand change = LINE.unless("test", "-e", "/x").affectsNothing().plan(facts).get(0);
    assertThat(change.predictable()).isTrue();
    assertThat(change.effect(facts).knows(new FileFact(MADE, false))).isTrue();
  }

  @Test
  void isUndoneByTheCommandItsAuthorNames() {
    ReversibleCommand step =
        LINE.creates("/opt/made").deadline(Duration.ofSeconds(9)).undoneBy("rm", "-f", "a b");
    Change.Reversible change = step.plan(facts()).get(0);
    assertThat(change.undo()).contains("(umask 022\n'rm' '-f' 'a b')");
    assertThat(change.deadline()).isEqualTo(Duration.ofSeconds(9));
    assertThat(step.plan(facts().with(new FileFact(MADE, false), THERE))).isEmpty();
  }

  @Test
  void refusesAWholeShellLineAsOneWord() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.of("systemctl daemon-reload"))
        .withMessageContaining("one by one");
    assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.of(""));
    assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.of("a", "b\0"));
  }

  private static Facts facts() {
    RemotePath fresh = RemotePath.of("/srv/new");
    RemotePath deep = fresh.resolve("deep").resolve("er");
    return Facts.NONE
        .with(new FileFact(MADE, false), FREE)
        .with(new FileFact(RemotePath.of("/etc/motd")), file("/etc/motd"))
        .with(new FileFact(fresh), new FileState.Absent(fresh))
        .with(new FileFact(deep), new FileState.Absent(deep))
        .with(new DirectoryFact(RemotePath.of("/srv")), Map.of())
        .with(TEST, true)
        .with(new PackageFact("falco"), new PackageState(Optional.of("1"), Optional.empty(), true))
        .with(new UserFact(), new UserFact.User("root", "root"));
  }

  private static Facts after(Command step) {
    return step.plan(facts()).get(0).effect(facts());
  }
}
