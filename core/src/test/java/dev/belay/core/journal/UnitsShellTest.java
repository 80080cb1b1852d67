package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of units.sh against a stand-in systemctl, in each shell that a host may have. */
class UnitsShellTest {

  /** Writes down what it is told, and shows the properties in the file named after the unit. */
  private static final String SYSTEMCTL =
      """
      case $1 in
        show)
          n=$(cat "$HOME/shown" 2>/dev/null || echo 0); echo $((n + 1)) >"$HOME/shown"
          f=$HOME/$5; [ "$n" -lt 6 ] || [ ! -e "$f.later" ] || f=$f.later
          grep "^$3=" "$f" || [ "$3" != LoadState ] || echo LoadState=not-found ;;
        *) echo "$@" >>"$HOME/did"; [ ! -e "$HOME/refuses" ] || { echo "Job failed" >&2; exit 1; } ;;
      esac
      """;

  private static final String UP =
      "printf 'LoadState=loaded\\nActiveState=active\\nSubState=running\\nResult=success\\n"
          + "Type=simple\\nNRestarts=0\\nNeedDaemonReload=no\\n' >$HOME/a.service\n";

  @TempDir Path home;

  private HostShell shell(String name) {
    return new HostShell(name, home)
        .program("sleep", "")
        .program("systemctl", SYSTEMCTL)
        .program("journalctl", "echo \"last words of $8\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void startsAUnitThatStaysUp(String name) {
    HostShell shell = shell(name);
    assertThat(shell.run(UP + "b_start restart a.service").exit()).isZero();
    assertThat(shell.file("did")).isEqualTo("restart -- a.service\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void failsWithTheLastWordsOfAUnitThatDiesAfterItsStart(String name) {
    HostShell shell = shell(name);
    HostShell.Result result =
        shell.run(
            UP
                + "sed -e s/=active/=activating/ -e s/=running/=auto-restart/"
                + " -e s/=success/=exit-code/ $HOME/a.service >$HOME/a.service.later\n"
                + "b_start start a.service");
    assertThat(result.exit()).isNotZero();
    assertThat(result.err())
        .isEqualTo(
            "a.service is activating (auto-restart), result exit-code\nlast words of a.service\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void failsWhenAUnitIsUpOnlyBecauseItWasStartedAgain(String name) {
    HostShell.Result result =
        shell(name)
            .run(
                UP
                    + "sed s/NRestarts=0/NRestarts=1/ $HOME/a.service >$HOME/a.service.later\n"
                    + "b_start start a.service");
    assertThat(result.exit()).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void failsAsSystemctlDoes(String name) {
    HostShell.Result result = shell(name).run(UP + ": >$HOME/refuses; b_reload a.service");
    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).startsWith("Job failed\na.service is active");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void takesAFinishedOneshotAsStarted(String name) {
    HostShell.Result result =
        shell(name)
            .run(
                UP
                    + "sed -i -e s/=active/=inactive/ -e s/=simple/=oneshot/ $HOME/a.service\n"
                    + "b_start start a.service");
    assertThat(result.exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void rereadsUnitFilesThatChanged(String name) {
    HostShell shell = shell(name);
    shell.run(UP + "sed -i s/Reload=no/Reload=yes/ $HOME/a.service; b_enable a.service");
    assertThat(shell.file("did")).isEqualTo("daemon-reload\nenable -- a.service\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void undoesWhatIsStillThereAndLeavesWhatIsGone(String name) {
    HostShell shell = shell(name);
    String all =
        "b_restart_again a.service && b_reload_again a.service && b_start_again a.service &&"
            + " b_disable a.service && b_stop a.service";
    assertThat(shell.run(": >$HOME/a.service; : >$HOME/did; " + all).exit()).isZero();
    assertThat(shell.file("did")).isEmpty();
    assertThat(shell.run(UP + all).exit()).isZero();
    assertThat(shell.file("did"))
        .isEqualTo(
            """
            reset-failed -- a.service
            restart -- a.service
            reload -- a.service
            reset-failed -- a.service
            start -- a.service
            disable -- a.service
            stop -- a.service
            """);
  }
}
