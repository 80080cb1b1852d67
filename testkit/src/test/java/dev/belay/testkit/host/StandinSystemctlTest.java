package dev.belay.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Expected texts and exit codes are those of systemd 252. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StandinSystemctlTest {

  private static EmbeddedHost host;

  @BeforeAll
  static void startHost() throws IOException {
    var all = EmbeddedHost.Options.defaults();
    host =
        EmbeddedHost.start(
            new EmbeddedHost.Options(
                "node", all.shell(), false, all.apiServerStartup(), false, false, true, false));
    unit(
        "demo",
        "ExecStart=/bin/sleep 1000\nExecReload=/bin/kill -WINCH $MAINPID",
        "WantedBy=multi-user.target");
    unit("fails", "ExecStart=/bin/false", "");
    unit("once", "Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/touch /run/once", "");
  }

  private static void unit(String name, String service, String install) {
    host.run(
        "cat >/etc/systemd/system/"
            + name
            + ".service <<'END'\n[Unit]\nDescription="
            + name
            + "\n[Service]\n"
            + service
            + "\n[Install]\n"
            + install
            + "\nEND\nsystemctl daemon-reload");
  }

  @AfterAll
  static void closeHost() {
    host.close();
  }

  /** Runs a command and returns its output, standard error included, and "= STATUS". */
  private static String sh(String command) {
    return host.run("{ " + command + "; } 2>&1; echo \"= $?\"");
  }

  @Test
  void answersForAnUnknownUnitAsSystemdDoes() {
    assertThat(sh("systemctl start nope"))
        .isEqualTo("Failed to start nope.service: Unit nope.service not found.\n= 5\n");
    assertThat(sh("systemctl is-active nope")).isEqualTo("inactive\n= 3\n");
    assertThat(sh("systemctl is-enabled nope"))
        .isEqualTo(
            "Failed to get unit file state for nope.service: No such file or directory\n= 1\n");
    assertThat(sh("systemctl show -p LoadState,ActiveState,UnitFileState,MainPID nope"))
        .isEqualTo("MainPID=0\nLoadState=not-found\nActiveState=inactive\nUnitFileState=\n= 0\n");
  }

  @Test
  void startsStopsAndRestartsTheRealProcess() {
    assertThat(sh("systemctl start demo")).isEqualTo("= 0\n");
    var pid = sh("systemctl show -p MainPID --value demo");
    assertThat(sh("tr '\\0' ' ' </proc/$(systemctl show -P MainPID demo)/cmdline"))
        .isEqualTo("/bin/sleep 1000 = 0\n");
    assertThat(sh("systemctl restart demo; systemctl is-active demo")).isEqualTo("active\n= 0\n");
    assertThat(sh("systemctl show -p MainPID --value demo")).isNotEqualTo(pid);
    assertThat(sh("systemctl reload demo; systemctl stop demo; systemctl is-active demo"))
        .isEqualTo("inactive\n= 3\n");
    assertThat(sh("ps -ef | grep -c '[s]leep 1000'")).isEqualTo("0\n= 1\n");
  }

  @Test
  void enablesByLinks() {
    assertThat(sh("systemctl is-enabled demo")).isEqualTo("disabled\n= 1\n");
    assertThat(sh("systemctl enable demo"))
        .isEqualTo(
            "Created symlink /etc/systemd/system/multi-user.target.wants/demo.service"
                + " \u2192 /etc/systemd/system/demo.service.\n= 0\n");
    assertThat(sh("systemctl is-enabled demo")).isEqualTo("enabled\n= 0\n");
    assertThat(sh("systemctl disable demo"))
        .isEqualTo("Removed \"/etc/systemd/system/multi-user.target.wants/demo.service\".\n= 0\n");
    assertThat(sh("systemctl is-enabled demo")).isEqualTo("disabled\n= 1\n");
  }

  @Test
  void masksAUnitThatHasNoFileOfItsOwnInEtc() {
    host.run("cp /etc/systemd/system/demo.service /usr/lib/systemd/system/other.service");
    assertThat(sh("systemctl -q mask other; systemctl is-enabled other; systemctl start other"))
        .isEqualTo("masked\nFailed to start other.service: Unit other.service is masked.\n= 1\n");
    assertThat(sh("systemctl -q unmask other; systemctl is-enabled other"))
        .isEqualTo("disabled\n= 1\n");
  }

  @Test
  void startSucceedsThoughASimpleServiceFailsAfterwards() throws Exception {
    assertThat(sh("systemctl start fails")).isEqualTo("= 0\n");
    EmbeddedHostTest.await(() -> sh("systemctl is-active fails").equals("failed\n= 3\n"));
    assertThat(sh("systemctl show -p Result,ExecMainStatus fails"))
        .isEqualTo("Result=exit-code\nExecMainStatus=1\n= 0\n");
  }

  @Test
  void keepsAOneshotThatRemainsActive() {
    assertThat(
            sh("systemctl start once; systemctl show -p ActiveState,SubState once; ls /run/once"))
        .isEqualTo("ActiveState=active\nSubState=exited\n/run/once\n= 0\n");
  }

  @Test
  void isAbsentFromAHostWithoutSystemd() throws IOException {
    try (var plain = EmbeddedHost.start(EmbeddedHost.Options.plain())) {
      assertThat(plain.run("command -v systemctl || ls -d /run/systemd/system 2>&1 || :"))
          .contains("No such file or directory");
    }
  }
}
