package dev.belay.cli;

import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Plays.playbook;
import static dev.belay.dsl.Steps.directory;
import static dev.belay.dsl.Steps.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Secret;
import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans that are kept, applied exactly, and refused once something differs. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PlanFileTest {

  private static final String PIN = "4711-pin";

  private static EmbeddedHost host;

  @TempDir Path directory;
  private Path inventory;
  private Path plan;
  private final Heard heard = new Heard();

  @BeforeAll
  static void startHost() throws IOException {
    host = EmbeddedHost.start(EmbeddedHost.Options.plain());
  }

  @AfterAll
  static void stopHost() {
    host.close();
  }

  @BeforeEach
  void makeThePlan() throws IOException {
    host.run("rm -rf /opt/app /var/lib/belay");
    inventory = inventory("cp1");
    plan = directory.resolve("plan.json");
    assertThat(belay(greet("hello\n"), "check", "-i", inventory.toString(), "--out", plan + ""))
        .as(heard.err())
        .isZero();
  }

  private Path inventory(String... names) throws IOException {
    StringBuilder text = new StringBuilder("all:\n  hosts:\n");
    for (String name : names) {
      text.append(
          "    %s: {ansible_host: 127.0.0.1, ansible_port: %d, ansible_user: %s, ansible_ssh_private_key_file: %s}%n"
              .formatted(name, host.port(), host.user(), host.privateKeyFile()));
    }
    return Files.writeString(directory.resolve("hosts.yaml"), text);
  }

  private static Playbook greet(String text) {
    return playbook(
        "Greet",
        play("greet")
            .on("all")
            .tasks(
                directory("/opt/app").mode("0755"),
                file("/opt/app/motd").content(text),
                file("/opt/app/pin").content(Content.of(Secret.of(PIN))).mode("0600")));
  }

  private int belay(Playbook playbook, String... words) {
    List<String> args = new ArrayList<>(Arrays.asList(words));
    args.addAll(List.of("--known-hosts", host.knownHostsFile().toString()));
    return Belay.execute(args.toArray(new String[0]), playbook, heard.streams(Terminal.NONE));
  }

  private int apply(Playbook playbook) {
    return belay(playbook, "apply", plan.toString());
  }

  @Test
  void isAppliedExactlyOnceAndWithoutAsking() throws IOException {
    assertThat(heard.err()).contains("the plan is in " + plan);
    assertThat(apply(greet("hello\n"))).as(heard.err() + heard.out()).isZero();
    assertThat(host.run("cat /opt/app/motd /opt/app/pin")).isEqualTo("hello\n" + PIN);

    host.run("rm -rf /opt/app");
    assertThat(apply(greet("hello\n"))).isEqualTo(5);
    assertThat(heard.err()).contains("was used before");
    assertThat(host.run("ls /opt")).isEmpty();
  }

  @Test
  void holdsNoSecretAndIsItsOwnersAlone() throws IOException {
    assertThat(Files.readString(plan)).contains("write /opt/app/pin").doesNotContain(PIN);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(plan)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkdir /opt/app",
        "mkdir -m 700 /opt/app",
        "mkdir /opt/app; printf 'hello\\n' >/opt/app/motd",
        "mkdir /opt/app; echo other >/opt/app/motd"
      })
  void isRefusedWhereTheHostIsAnotherByNow(String meanwhile) {
    host.run(meanwhile);
    String before = host.run("find /opt -printf '%p %m\\n'");
    assertThat(apply(greet("hello\n"))).isEqualTo(5);
    assertThat(heard.out())
        .contains("exactly what the plan says", "- greet › ", "nothing written by this run");
    assertThat(host.run("find /opt -printf '%p %m\\n'")).isEqualTo(before);
    assertThat(host.run("ls /var/lib/belay 2>&1 || :")).contains("No such");
  }

  @Test
  void isRefusedWhereThePlaybookIsAnotherByNow() {
    assertThat(apply(greet("HELLO\n"))).isEqualTo(5);
    assertThat(heard.out())
        .contains("write /opt/app/motd", "(what lies there, or what would be written, is another)");
    assertThat(host.run("ls /opt")).isEmpty();
  }

  @Test
  void isRefusedForOtherHosts() throws IOException {
    inventory("cp1", "cp2");
    assertThat(apply(greet("hello\n"))).isEqualTo(64);
    assertThat(heard.err())
        .contains("the plan is for cp1 (3 tasks)", "now mean cp1 (3 tasks), cp2");
  }

  @Test
  void isRefusedWhereATaskOfItIsGone() {
    Playbook less =
        playbook("Greet", play("greet").on("all").tasks(directory("/opt/app").mode("0755")));
    assertThat(apply(less)).isEqualTo(64);
    assertThat(heard.err()).contains("the plan is for cp1 (3 tasks)", "now mean cp1 (1 tasks)");
    assertThat(host.run("ls /opt")).isEmpty();
  }

  @Test
  void isNotWrittenWhereTheCheckFails() throws IOException {
    Files.delete(plan);
    Playbook fails =
        playbook("Fails", play("fails").on("all").tasks(file("/opt/none/x").content("x")));
    assertThat(belay(fails, "check", "-i", inventory.toString(), "--out", plan + "")).isEqualTo(1);
    assertThat(plan).doesNotExist();
    assertThat(heard.err()).contains("no plan was written");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"belay_plan\": 2}",
        "{\"belay_plan\": 1}",
        "{\"belay_plan\": 1, \"hosts\": []}",
        "{\"belay_plan\": 1, \"hosts\": {\"a\": [{}]}}"
      })
  void isRefusedWhereItIsNone(String text) throws IOException {
    Files.writeString(plan, text);
    assertThat(apply(greet("hello\n"))).isEqualTo(64);
    assertThat(heard.err()).contains("cannot be understood");
  }
}
