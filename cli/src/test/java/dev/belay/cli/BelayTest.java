package dev.belay.cli;

import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Plays.playbook;
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

/** The commands as a user gives them, against an embedded host over SSH. */
class BelayTest {

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
        all:
          hosts:
            cp1:
              ansible_host: 127.0.0.1
              ansible_port: %d
              ansible_user: %s
              ansible_ssh_private_key_file: %s
            gone:
              ansible_host: 127.0.0.1
              ansible_port: 1
              ansible_ssh_private_key_file: %s
        """
            .formatted(host.port(), host.user(), host.privateKeyFile(), host.privateKeyFile()));
  }

  @AfterAll
  static void stopHost() {
    host.close();
  }

  @BeforeEach
  void clean() {
    host.run("rm -rf /opt/app");
  }

  @Test
  void checkWritesNothingAndTellsWhatIsPending() {
    assertThat(belay(Terminal.NONE, "check", "-l", "cp1", "--diff")).isZero();
    assertThat(heard.out())
        .contains(
            "DRY RUN", "would change", "+++ after: /opt/app/motd", "+hello", "would-change=2");
    assertThat(belay(Terminal.NONE, "check", "-l", "cp1", "--detailed-exitcode")).isEqualTo(2);
    assertThat(host.run("ls /opt")).isEmpty();
  }

  @Test
  void appliesWithoutAskingWhenToldTo() {
    assertThat(belay(Terminal.NONE, "apply", "-l", "cp1", "-y")).isZero();
    assertThat(heard.out()).contains("changed=2").doesNotContain("DRY RUN");
    assertThat(host.run("cat /opt/app/motd")).isEqualTo("hello\n");
    assertThat(belay(Terminal.NONE, "check", "-l", "cp1", "--detailed-exitcode")).isZero();
  }

  @Test
  void applyWithCheckWritesNothing() {
    assertThat(belay(Terminal.NONE, "apply", "-l", "cp1", "--check")).isZero();
    assertThat(host.run("ls /opt")).isEmpty();
  }

  @Test
  void applyShowsAsksAndThenChanges() {
    Typist typist = new Typist("y");
    assertThat(belay(typist, "apply", "-l", "cp1", "--color", "never")).isZero();
    assertThat(typist.asked).containsExactly("\nApply these changes to cp1? [y/N] ");
    assertThat(heard.out()).contains("+hello", "would-change=2", "changed=2");
    assertThat(host.run("cat /opt/app/motd")).isEqualTo("hello\n");
  }

  @Test
  void applyChangesNothingWithoutAYes() {
    for (Typist typist : List.of(new Typist("n"), new Typist(""), new Typist())) {
      assertThat(belay(typist, "apply", "-l", "cp1")).isEqualTo(5);
    }
    assertThat(heard.err()).contains("belay: not applied; nothing was written");
    assertThat(host.run("ls /opt")).isEmpty();
  }

  @Test
  void applyAsksNothingWhenNothingWouldChange() {
    belay(Terminal.NONE, "apply", "-l", "cp1", "-y");
    Typist typist = new Typist();
    assertThat(belay(typist, "apply", "-l", "cp1")).isZero();
    assertThat(typist.asked).isEmpty();
  }

  @Test
  void applyIsRefusedWhereNobodyCanBeAsked() {
    assertThat(belay(Terminal.NONE, "apply", "-l", "cp1")).isEqualTo(5);
    assertThat(heard.err())
        .isEqualTo(
            """
            belay: apply has nobody to ask
              wanted  somebody at a terminal to agree to the changes, or -y
              got     input or output that is a pipe or a file, and no -y
              state   no host was touched
              do      look at belay check --diff first, then add -y
            """);
    assertThat(belay(new Typist("y"), "apply", "-l", "cp1", "--json")).isEqualTo(5);
    assertThat(heard.out()).isEmpty();
    assertThat(host.run("ls /opt")).isEmpty();
  }

  @Test
  void listsRunsAndRollsTheLastOneBack() {
    belay(Terminal.NONE, "apply", "-l", "cp1", "-y");
    Heard list = new Heard();
    assertThat(belay(list.streams(Terminal.NONE), "runs", "cp1")).isZero();
    assertThat(list.out()).contains("HOST", "cp1", "applied", "Greet");
    Heard dry = new Heard();
    assertThat(belay(dry.streams(Terminal.NONE), "rollback", "cp1", "--check", "-D")).isZero();
    assertThat(dry.out()).contains("would undo");
    assertThat(host.run("cat /opt/app/motd")).isEqualTo("hello\n");
    assertThat(belay(Terminal.NONE, "rollback", "cp1")).isEqualTo(5);
    Typist typist = new Typist("yes");
    assertThat(belay(typist, "rollback", "cp1")).isZero();
    assertThat(typist.asked).containsExactly("\nRoll back on cp1? [y/N] ");
    assertThat(host.run("ls /opt")).isEmpty();
  }

  @Test
  void rollsANamedRunBack() {
    belay(Terminal.NONE, "apply", "-l", "cp1", "-y");
    Heard list = new Heard();
    belay(list.streams(Terminal.NONE), "runs", "cp1", "--json");
    String last = list.out().lines().reduce((first, second) -> second).orElseThrow();
    assertThat(last).startsWith("{\"v\":1,\"type\":\"run\",\"host\":\"cp1\",\"run\":\"2");
    String run = last.replaceFirst(".*\"run\":\"([^\"]*)\".*", "$1");
    assertThat(belay(Terminal.NONE, "rollback", "cp1", run, "-y")).isZero();
    assertThat(host.run("ls /opt")).isEmpty();
  }

  @Test
  void keepsStandardOutputPureWithJson() {
    assertThat(belay(Terminal.NONE, "apply", "-l", "cp1", "-y", "--json")).isZero();
    assertThat(heard.out().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    assertThat(heard.out().lines().reduce((first, second) -> second).orElseThrow())
        .contains("\"type\":\"recap\"", "\"cp1\"", "\"changed\":2");
  }

  @Test
  void goesOnWithOtherHostsWhenOneCannotBeReached() {
    assertThat(belay(Terminal.NONE, "apply", "-y")).isEqualTo(4);
    assertThat(heard.out()).contains("UNREACHABLE", "gone", "connection refused");
    assertThat(host.run("cat /opt/app/motd")).isEqualTo("hello\n");
  }

  @Test
  void refusesAHostWhoseKeyIsNotKnown() throws IOException {
    Path empty = Files.writeString(directory.resolve("known_hosts_empty"), "");
    int code =
        Belay.execute(
            new String[] {
              "check", "-i", inventory.toString(), "-l", "cp1", "--known-hosts", empty.toString()
            },
            greet(),
            heard.streams(Terminal.NONE));
    assertThat(code).isEqualTo(4);
    assertThat(heard.out()).contains("UNREACHABLE", "cp1");
  }

  @Test
  void namesTheHostThatWasProbablyMeant() {
    assertThat(belay(Terminal.NONE, "check", "-l", "cp11")).isEqualTo(64);
    assertThat(heard.err()).contains("host pattern cp11", "did you mean \"cp1\"?");
    assertThat(belay(heard.streams(Terminal.NONE), "runs", "cpl")).isEqualTo(64);
  }

  @Test
  void namesTheHostsOfTheInventoryWhenAPlayFitsNone() {
    Playbook elsewhere =
        playbook("Elsewhere", play("Far").on("workers").tasks(file("/x").absent()));
    int code =
        Belay.execute(
            new String[] {"check", "-i", inventory.toString()},
            elsewhere,
            heard.streams(Terminal.NONE));
    assertThat(code).isEqualTo(64);
    assertThat(heard.err()).contains("the playbook fits no host", "workers", "cp1, gone");
  }

  @Test
  void namesTheInventoryFileThatWasProbablyMeant() {
    int code =
        Belay.execute(
            new String[] {"check", "-i", directory.resolve("host.yaml").toString()},
            greet(),
            heard.streams(Terminal.NONE));
    assertThat(code).isEqualTo(64);
    assertThat(heard.err())
        .contains("no inventory file", "did you mean -i " + inventory + "?", "no host was touched");
  }

  @Test
  void saysHowASingleHostIsWritten() {
    int code =
        Belay.execute(
            new String[] {"check", "-i", "web1.example"}, greet(), heard.streams(Terminal.NONE));
    assertThat(code).isEqualTo(64);
    assertThat(heard.err()).contains("if it is a host, write -i 'web1.example,'");
  }

  @Test
  void wantsAnInventory() {
    int code = Belay.execute(new String[] {"check"}, greet(), heard.streams(Terminal.NONE));
    assertThat(code).isEqualTo(64);
    assertThat(heard.err()).contains("no inventory given", "-i 'cp1,' with the comma");
  }

  @Test
  void doesNotTakeAHostForAnOperand() {
    assertThat(belay(Terminal.NONE, "check", "cp1")).isEqualTo(64);
    assertThat(heard.err()).contains("-i 'cp1,'");
  }

  @Test
  void asksForTheSudoPasswordOrSaysThatNobodyCanBeAsked() {
    assertThat(belay(Terminal.NONE, "check", "-K", "-l", "cp1")).isEqualTo(5);
    assertThat(heard.err()).contains("nobody can be asked for the password of sudo");
    Typist typist = new Typist("s3cret");
    assertThat(belay(typist, "check", "-K", "-l", "cp1")).isZero();
    assertThat(typist.asked).containsExactly("Password of sudo on the hosts: ");
    assertThat(heard.out() + heard.err()).doesNotContain("s3cret");
  }

  @Test
  void limitsARunByTags() {
    assertThat(belay(Terminal.NONE, "check", "-l", "cp1", "-t", "tree")).isZero();
    assertThat(heard.out()).contains("would-change=1");
  }

  private static Playbook greet() {
    return playbook(
        "Greet",
        play("Files")
            .tasks(
                directory("/opt/app").mode("0755").tagged("tree"),
                file("/opt/app/motd").content("hello\n").tagged("text")));
  }

  private int belay(Terminal terminal, String... args) {
    return belay(heard.streams(terminal), args);
  }

  private static int belay(Streams streams, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("-i", inventory.toString()));
    all.addAll(List.of("--known-hosts", host.knownHostsFile().toString()));
    return Belay.execute(all.toArray(new String[0]), greet(), streams);
  }
}
