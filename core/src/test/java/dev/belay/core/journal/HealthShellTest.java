package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of health.sh, in each shell that a host may have. */
class HealthShellTest {

  /** A clock by which each pause takes a second, however long it is. */
  static final String CLOCK =
      "CLOCK=1000; date() { echo $CLOCK; }; sleep() { CLOCK=$((CLOCK + 1)); }\n";

  @TempDir Path home;

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private HostShell.Result run(String shell, String script) {
    return new HostShell(shell, home)
        .run("B_NOTE=$HOME/note B_WITHIN=0; mkdir -p $HOME/note; cd $HOME\n" + script);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void waitsUntilACommandSucceeds(String shell) {
    var script =
        "(sleep 1; : >$HOME/there) & B_WITHIN=20; b_steady 0 b_succeeds test -e $HOME/there";

    assertThat(run(shell, script).exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void saysHowACommandEnded(String shell) {
    var failed = run(shell, "b_steady 0 b_succeeds sh -c 'echo \"no * luck\" >&2; exit 7'");
    var slow = run(shell, "b_steady 0 b_succeeds sleep 20");

    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err()).isEqualTo("sh ended with status 7: no * luck\n");
    assertThat(slow.err()).endsWith("sleep had not ended after 1 s\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void waitsForHealthAgainOnlyWhereThereWasAny(String shell) {
    var script = "b_note_held b_succeeds %s; echo $?; b_held_again 0 b_succeeds false; echo $?";

    assertThat(run(shell, script.formatted("false")).out()).isEqualTo("0\n0\n");
    assertThat(run(shell, script.formatted("true")).out()).isEqualTo("0\n1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void judgesTheStatusOfAnAnswer(String shell) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    // The second time there is wget alone.
    for (String none : new String[] {"", "command() { [ $2 != curl ] && [ -x /usr/bin/$2 ]; }\n"}) {
      assertThat(run(shell, none + "b_steady 0 b_answers " + url + "/204 '2??'").exit()).isZero();
      assertThat(run(shell, none + "b_steady 0 b_answers " + url + "/403 403").exit()).isZero();
      assertThat(run(shell, none + "b_steady 0 b_answers " + url + "/500 '2??'").err())
          .isEqualTo(url + "/500 answered 500\n");
      assertThat(run(shell, none + "b_steady 0 b_answers http://127.0.0.1:1/ '2??'").err())
          .startsWith("no answer from http://127.0.0.1:1/: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void doesNotHoldWhereNothingCanAsk(String shell) {
    var result =
        run(shell, "B_WITHIN=20; command() { return 1; }\nb_steady 0 b_answers https://x '2??'");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("https://x cannot be asked: the host has neither curl nor wget\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void findsTheProcessWithItsWords(String shell) {
    String look =
        CLOCK
            + "cp /bin/sleep bin/belaynap; belaynap 60 & p=$!; command sleep 0.1\n"
            + "B_WITHIN=%d; b_steady 1 b_process_runs belaynap %s; echo $?; kill $p";

    assertThat(run(shell, look.formatted(9, "60")).out()).isEqualTo("0\n");
    var other = run(shell, look.formatted(0, "'*' --none=1"));
    assertThat(other.out()).isEqualTo("1\n");
    assertThat(other.err()).contains("runs without *");
    assertThat(run(shell, "b_steady 0 b_process_runs no-such").err())
        .isEqualTo("no process no-such runs\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void doesNotTakeOneProcessAfterAnotherForAStableOne(String shell) {
    var result =
        run(
            shell,
            CLOCK
                + "b_process() { echo $CLOCK; }; b_fits() { :; }; B_WITHIN=2\n"
                + "b_steady 1 b_process_runs x");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("all was well, but not for 1 s yet\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void looksWhetherUnitsStayActive(String shell) {
    var host =
        new HostShell(shell, home)
            .program(
                "systemctl",
                "case $*\" \" in\n"
                    + "*'LoadState -- gone '*) echo LoadState=not-found ;;\n"
                    + "*'ActiveState -- bad '*) echo ActiveState=failed ;;\n"
                    + "*ActiveState*) echo ActiveState=active ;;\n"
                    + "*NRestarts*'flaps '*) echo NRestarts=$(date +%s%N) ;;\n"
                    + "*NRestarts*) echo NRestarts=0 ;;\n"
                    + "esac");

    assertThat(host.run(CLOCK + "B_WITHIN=9; b_steady 1 b_units_active one two").exit()).isZero();
    assertThat(host.run(CLOCK + "B_WITHIN=30; b_steady 1 b_units_active one bad").err())
        .startsWith("bad is failed");
    assertThat(host.run(CLOCK + "B_WITHIN=2; b_steady 1 b_units_active flaps").err())
        .isEqualTo("all was well, but not for 1 s yet\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void namesAUnitThatIsNotThere(String shell) {
    var host =
        new HostShell(shell, home)
            .program(
                "systemctl",
                "case $* in *LoadState*) echo LoadState=not-found ;; *) echo ActiveState=inactive ;; esac");

    assertThat(host.run(CLOCK + "B_WITHIN=30; b_steady 1 b_units_active gone.service").err())
        .isEqualTo("there is no unit gone.service\n");
    assertThat(host.run("command() { return 1; }\nb_steady 1 b_units_active ssh.service").err())
        .isEqualTo("ssh.service cannot be looked at: the host has no systemctl\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void seesAFileGrow(String shell) {
    String log =
        "cd $HOME; printf abc >log; b_note_size $HOME/log; %s\nB_WAS=; b_steady 0 b_grows $HOME/log";

    assertThat(run(shell, log.formatted("printf d >>log")).exit()).isZero();
    assertThat(run(shell, log.formatted("mv log old; printf d >log")).exit()).isZero();
    assertThat(run(shell, log.formatted(":")).err()).endsWith("/log still holds 3 bytes\n");
    assertThat(run(shell, log.formatted("rm log")).err()).startsWith("there is no file /");
    assertThat(
            run(shell, log.formatted("rm -r note; (sleep 1; printf d >>log) & B_WITHIN=20")).exit())
        .isZero();
  }
}
