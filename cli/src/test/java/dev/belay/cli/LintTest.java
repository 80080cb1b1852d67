package dev.belay.cli;

import static dev.belay.dsl.Plays.exists;
import static dev.belay.dsl.Plays.handler;
import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Plays.playbook;
import static dev.belay.dsl.Steps.auditPolicy;
import static dev.belay.dsl.Steps.command;
import static dev.belay.dsl.Steps.directory;
import static dev.belay.dsl.Steps.file;
import static dev.belay.dsl.Steps.pkg;
import static dev.belay.dsl.Steps.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.kube.audit.Level;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.builtin.kube.audit.Rule;
import dev.belay.core.playbook.Play;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintTest {

  record Vars(String dir) {}

  @TempDir Path folder;
  private final Heard heard = new Heard();

  private int lint(Play play, String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "lint";
    System.arraycopy(options, 0, args, 1, options.length);
    return Belay.execute(args, playbook("Site", play), heard.streams(Terminal.NONE));
  }

  private void saysErrorOf(Play play, String pattern) {
    assertThat(lint(play)).as(heard.out()).isEqualTo(1);
    assertThat(heard.out()).containsPattern("LintTest.java:\\d+: error: " + pattern);
  }

  @Test
  void hasNothingAgainstAPlaybookInOrder() {
    Play play =
        play("p")
            .tasks(
                directory("/opt/a"),
                file("/opt/a/f").content("x").when(exists("/opt/a")),
                pkg("nginx").installed(),
                service("nginx").running());
    assertThat(lint(play)).isZero();
    assertThat(heard.out()).isEqualTo("Site: nothing to say against it\n");
  }

  @Test
  void findsATaskBeforeTheOneThatMakesWhatItNeeds() {
    saysErrorOf(
        play("p").tasks(file("/opt/a/f").content("x"), directory("/opt/a")),
        "task file\\[/opt/a/f]: on a new host it would fail: .*; move it behind"
            + " \"directory\\[/opt/a]\" \\(LintTest.java:\\d+\\)\n");
  }

  @Test
  void findsAServiceBeforeItsPackage() {
    saysErrorOf(
        play("p").tasks(service("nginx").running(), pkg("nginx").installed()),
        "task service\\[nginx].*: on a new host it would fail: .*move it behind \"pkg\\[nginx]\"");
  }

  @Test
  void findsTasksThatUndoEachOther() {
    saysErrorOf(
        play("p").tasks(file("/etc/f").content("x"), file("/etc/f").absent()),
        "task file\\[/etc/f]: \"file\\[/etc/f] absent\" \\(LintTest.java:\\d+\\) takes its state"
            + " away");
    saysErrorOf(
        play("p").tasks(file("/etc/f").content("x").mode("0600"), file("/etc/f").mode("0644")),
        "task file\\[/etc/f]: .* takes its state away");
  }

  @Test
  void findsAConditionThatComesToHoldOnlyLater() {
    saysErrorOf(
        play("p").tasks(file("/etc/f").content("x").when(exists("/opt/a")), directory("/opt/a")),
        "task file\\[/etc/f]: on a new host it would be skipped, .*move it behind");
  }

  @Test
  void findsTwoHandlersOfOneName() {
    saysErrorOf(
        play("p")
            .tasks(
                file("/etc/a").content("x").notifies(handler("h", service("a").restarted())),
                file("/etc/b").content("x").notifies(handler("h", service("b").restarted()))),
        "task file\\[/etc/b]: another handler is called \"h\" too");
  }

  @Test
  void saysWhatAPolicyNeverReaches() {
    Policy policy = Policy.policy(Rule.rule(Level.METADATA), Rule.rule(Level.NONE).users("jo"));
    assertThat(lint(play("p").tasks(auditPolicy("/etc/policy.yaml", policy)))).isEqualTo(1);
    assertThat(heard.out())
        .containsPattern(
            "LintTest.java:\\d+: warning: task auditPolicy.*rules\\[1]: .*never reached");
  }

  @Test
  void warnsOfWhatEverybodyMayReadOrWriteAndOfTasksSaidTwice() {
    Play play =
        play("p")
            .tasks(
                file("/etc/key").content(Content.of(Secret.of("s3cret"))),
                file("/etc/open").content("x").mode("0666"),
                directory("/srv/open").mode("0777"),
                directory("/srv/shared").mode("1777"),
                directory("/srv/shared").mode("1777"));
    assertThat(lint(play)).isEqualTo(1);
    assertThat(heard.out())
        .contains(
            "it holds a secret that everybody on the host may read",
            "everybody on the host may write it: mode 0666",
            "everybody on the host may put files there",
            "it says the same as \"directory[/srv/shared]\" (LintTest.java:",
            "Site: 4 warnings\n")
        .doesNotContain("s3cret");
  }

  @Test
  void notesAloneAreNoFailureAndAreToldAsJsonToo() {
    Play play =
        play("p")
            .tasks(command("make").creates("/opt/made"), file("/etc/f").content("x"))
            .with(Vars.class, vars -> List.of(directory(vars.dir())));
    assertThat(lint(play, "--json")).isZero();
    assertThat(heard.out().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("\"level\":\"note\""));
    assertThat(heard.out()).contains("only with -i", "say affects(..) or affectsNothing()");
  }

  @Test
  void looksAtTasksMadeOfVariablesWithAnInventory() throws IOException {
    Path hosts = folder.resolve("hosts.yaml");
    Files.writeString(hosts, "all: {hosts: {a: {dir: /opt/x}, b: {dir: /opt/y}}}");
    Play play =
        play("p")
            .tasks(file("/opt/y/f").content("x"))
            .with(Vars.class, vars -> List.of(directory(vars.dir())));
    assertThat(lint(play, "-i", hosts.toString())).isEqualTo(1);
    assertThat(heard.out())
        .containsPattern("error: task file\\[/opt/y/f]: .* behind \"directory\\[/opt/y]\"");
    Files.writeString(hosts, "all: {hosts: {a: {}}}");
    assertThat(lint(play, "-i", hosts.toString())).isEqualTo(64);
    assertThat(heard.err()).contains("hosts.yaml, line 1, column 15): dir is missing");
  }

  @Test
  void findsHandlersInTheSourceThatNothingNotifies() throws IOException {
    Path file = folder.resolve("Site.java");
    Files.writeString(
        file,
        """
        import static dev.belay.dsl.Plays.*;
        import static dev.belay.dsl.Steps.*;
        import dev.belay.cli.Belay;
        import dev.belay.core.step.Handler;

        public class Site {
          static final Handler USED = handler("used", service("a").restarted());
          static final Handler UNUSED = handler("unused", service("b").restarted());

          public static void main(String[] args) {
            Belay.run(args, playbook("Site",
                play("p").tasks(file("/etc/f").content("x").notifies(Site.USED))));
          }
        }
        """);
    assertThat(HandlerUses.unused(SourceText.read(file)))
        .extracting(one -> one.source() + " " + one.subject())
        .containsExactly("Site.java:8 handler UNUSED");
  }
}
