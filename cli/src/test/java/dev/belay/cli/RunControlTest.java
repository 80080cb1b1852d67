package dev.belay.cli;

import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Plays.playbook;
import static dev.belay.dsl.Steps.command;
import static dev.belay.dsl.Steps.directory;
import static dev.belay.dsl.Steps.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.playbook.Playbook;
import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tasks are run and with which values, against an embedded host over SSH. */
class RunControlTest {

  record Site(String motd, int port) {}

  private static final Playbook SITE =
      playbook(
          "Site",
          play("base").tasks(directory("/opt/app").mode("0755"), file("/opt/app/a").content("a\n")),
          play("site")
              .on("web")
              .with(
                  Site.class,
                  site ->
                      List.of(
                          file("/opt/app/motd")
                              .content(site.motd() + " " + site.port() + "\n")
                              .named("greet")
                              .tagged("motd"))));

  private static EmbeddedHost host;

  @TempDir static Path directory;
  private static Path inventory;

  private final Heard heard = new Heard();

  @BeforeAll
  static void startHost() throws IOException {
    host = EmbeddedHost.start(EmbeddedHost.Options.plain());
    inventory = directory.resolve("hosts.yaml");
    Files.writeString(
        inventory,
        """
        web:
          hosts:
            cp1:
              ansible_host: 127.0.0.1
              ansible_port: %d
              ansible_user: %s
              ansible_ssh_private_key_file: %s
              motd: hello
            gone:
              ansible_host: 127.0.0.1
              ansible_port: 1
              port: many
        """
            .formatted(host.port(), host.user(), host.privateKeyFile()));
  }

  @AfterAll
  static void stopHost() {
    host.close();
  }

  @BeforeEach
  void clean() {
    host.run("rm -rf /opt/app");
  }

  private int belay(Terminal terminal, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("-i", inventory.toString()));
    all.addAll(List.of("--known-hosts", host.knownHostsFile().toString(), "--color", "never"));
    return Belay.execute(all.toArray(new String[0]), SITE, heard.streams(terminal));
  }

  @Test
  void listsHostsAndTasksAndConnectsToNothing() {
    String[] list = {"apply", "--list-hosts", "--list-tasks", "-l", "gone", "-e", "motd=x port=1"};
    assertThat(belay(Terminal.NONE, list)).isZero();
    assertThat(heard.err()).isEmpty();
    assertThat(heard.out())
        .startsWith("\nplaybook: Site\n\n  play #1 (all): base\n    hosts (1):\n      gone\n")
        .contains("    tasks:\n      directory[/opt/app]\tTAGS: []  RunControlTest.java:")
        .contains("  play #2 (web): site\n")
        .contains("      greet\tTAGS: [motd]  RunControlTest.java:");
  }

  @Test
  void listsAsJson() {
    assertThat(belay(Terminal.NONE, "check", "--list-tasks", "--json", "-e", "motd=x port=1"))
        .isZero();
    assertThat(heard.out().lines()).hasSize(2);
    assertThat(heard.out())
        .contains("{\"v\":1,\"type\":\"play\",\"play\":\"site\",\"pattern\":\"web\",\"tasks\":[")
        .contains("\"task\":\"greet\"")
        .contains("\"hosts\":[\"cp1\",\"gone\"]");
  }

  @Test
  void refusesVariablesThatDoNotFitBeforeAnyHostIsReached() {
    assertThat(belay(Terminal.NONE, "check")).isEqualTo(64);
    assertThat(heard.out()).isEmpty();
    assertThat(heard.err())
        .contains("belay: variables of hosts do not fit the playbook")
        .contains("host cp1 (" + inventory + ", line 3, column 5): port is missing")
        .contains("wanted a whole number for Site.port, play \"site\", RunControlTest.java:")
        .contains(inventory + ", line 12, column 13: port of host gone is the text \"many\"")
        .contains("host gone (" + inventory + ", line 9, column 5): motd is missing")
        .contains("no host was touched");
  }

  @Test
  void extraVariablesReachTheHost() throws IOException {
    Path vars = directory.resolve("vars.yaml");
    Files.writeString(vars, "port: 1\nmotd: of a file\n");
    String[] apply = {"apply", "-y", "-l", "cp1", "-e", "@" + vars, "-e", "port=8080"};
    assertThat(belay(Terminal.NONE, apply)).as(heard.err()).isZero();
    assertThat(host.run("cat /opt/app/motd")).isEqualTo("of a file 8080\n");
  }

  @Test
  void aPlanKeepsFilesOfVariablesAndNothingThatWasTyped() throws IOException {
    Path vars = directory.resolve("kept.yaml");
    Files.writeString(vars, "motd: planned\n");
    String plan = directory.resolve("plan.json").toString();
    String[] check = {
      "check", "-l", "cp1", "-e", "@" + vars, "-e", "port=1471147114", "--out", plan
    };
    assertThat(belay(Terminal.NONE, check)).isZero();
    assertThat(heard.err()).contains("with -e as here, since typed values are not kept");
    assertThat(Files.readString(Path.of(plan))).contains("kept.yaml").doesNotContain("1471147114");
    assertThat(belay(Terminal.NONE, "apply", plan, "--step", "-e", "port=1471147114"))
        .isEqualTo(64);
    assertThat(belay(Terminal.NONE, "apply", plan)).isEqualTo(64);
    assertThat(belay(Terminal.NONE, "apply", plan, "-e", "port=1471147114"))
        .as(heard.err())
        .isZero();
    assertThat(host.run("cat /opt/app/motd")).isEqualTo("planned 1471147114\n");
  }

  @Test
  void startsAtATask() {
    host.run("mkdir -p /opt/app");
    String[] apply = {"apply", "-y", "-l", "cp1", "-e", "port=1", "--start-at-task", "gre*"};
    assertThat(belay(Terminal.NONE, apply)).isZero();
    assertThat(host.run("ls /opt/app")).isEqualTo("motd\n");
    assertThat(belay(Terminal.NONE, "check", "-e", "port=1 motd=x", "--start-at-task", "great"))
        .isEqualTo(64);
    assertThat(heard.err()).contains("there is no task to start at", "did you mean \"greet\"?");
  }

  @Test
  void stepAsksForEachTaskThatWouldChangeAndShowsWhatIsLeft() {
    Typist typist = new Typist("y", "n", "y", "y");
    assertThat(belay(typist, "apply", "-l", "cp1", "-e", "port=1", "--step")).isZero();
    assertThat(typist.asked).hasSize(4);
    assertThat(typist.asked.get(1))
        .matches(
            "\nPerform task \"file\\[/opt/app/a]\" \\(RunControlTest.java:\\d+\\) on cp1\\? "
                + "\\(N\\)o/\\(y\\)es/\\(c\\)ontinue with all: ");
    assertThat(typist.asked.get(3)).isEqualTo("\nApply these changes to cp1? [y/N] ");
    assertThat(host.run("ls /opt/app")).isEqualTo("motd\n");
  }

  @Test
  void stepGoesOnWithAllAndThenAsksNothingMore() {
    Typist typist = new Typist("c");
    assertThat(belay(typist, "apply", "-l", "cp1", "-e", "port=1", "--step")).isZero();
    assertThat(typist.asked).hasSize(1);
    assertThat(host.run("ls /opt/app")).isEqualTo("a\nmotd\n");
  }

  @Test
  void aTaskThatWouldFailWithoutADeclinedOneCanBeDeclinedToo() {
    Typist typist = new Typist("n", "y", "y", "n", "n");
    assertThat(belay(typist, "check", "-l", "cp1", "-e", "port=1", "--step")).isZero();
    assertThat(host.run("ls /opt")).isEmpty();
  }

  @Test
  void stepWritesNothingWhenTheInputEnds() {
    assertThat(belay(new Typist("y"), "apply", "-l", "cp1", "-e", "port=1", "--step")).isEqualTo(5);
    assertThat(host.run("ls /opt")).isEmpty();
  }

  @Test
  void aRunThatTakesTooLongEndsBehindTheChangeItIsAt() {
    Playbook slow =
        playbook(
            "Slow",
            play("slow")
                .tasks(
                    command("sh", "-c", "sleep 4; mkdir /opt/app")
                        .creates("/opt/app")
                        .affectsNothing(),
                    file("/opt/late").content("x")));
    List<String> args = new ArrayList<>(List.of("apply", "-y", "-l", "cp1", "--run-timeout", "2"));
    args.addAll(List.of("-i", inventory.toString()));
    args.addAll(List.of("--known-hosts", host.knownHostsFile().toString()));
    int code = Belay.execute(args.toArray(new String[0]), slow, heard.streams(Terminal.NONE));
    assertThat(code).as(heard.out()).isEqualTo(1);
    assertThat(heard.err()).contains("the run takes longer than 2 s");
    assertThat(heard.out()).contains("stopped as asked, before it");
    assertThat(host.run("ls /opt")).isEqualTo("app\n");
  }

  @Test
  void stepIsRefusedWhereNobodyCanBeAsked() {
    assertThat(belay(Terminal.NONE, "check", "--step")).isEqualTo(5);
    assertThat(belay(Terminal.NONE, "apply", "-y", "--step")).isEqualTo(5);
    assertThat(belay(new Typist("y"), "check", "--step", "--json")).isEqualTo(5);
    assertThat(belay(new Typist("y"), "check", "--step", "--out", "p.json")).isEqualTo(64);
    assertThat(heard.err()).contains("--step has nobody to ask", "state   no host was touched");
  }
}
