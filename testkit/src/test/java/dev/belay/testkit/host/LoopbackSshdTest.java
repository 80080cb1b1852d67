package dev.belay.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LoopbackSshdTest {

  private static Login login(LoopbackSshd sshd) throws IOException {
    return Login.to(sshd.port(), sshd.user(), sshd.privateKeyFile(), sshd.knownHostsFile());
  }

  @Test
  void runsSessionsOnTheMachine() throws IOException {
    try (var sshd = LoopbackSshd.start();
        var login = login(sshd)) {
      assertThat(login.run("cat; exit 4", "hello".getBytes(StandardCharsets.UTF_8)))
          .isEqualTo("4|hello|");
      assertThat(login.run("id -un")).isEqualTo("0|" + sshd.user() + "\n|");
      assertThat(sshd.log()).contains("Server listening");
    }
  }

  @Test
  void runsSessionsInsideAnEmbeddedHost() throws IOException {
    try (var host = EmbeddedHost.start(EmbeddedHost.Options.plain().withNode("inner"));
        var sshd = LoopbackSshd.start(host);
        var login = login(sshd)) {
      var name = "belay-inside-" + ProcessHandle.current().pid();
      assertThat(login.run("hostname; pwd; echo \"it's $HOME\" >/etc/" + name + "; cat; exit 3"))
          .isEqualTo("3|inner\n/root\n|");
      assertThat(host.run("cat /etc/" + name)).isEqualTo("it's /root\n");
      assertThat(Path.of("/etc", name)).doesNotExist();
    }
  }

  @Test
  void startsAShellInsideWhenNoCommandIsGiven() throws IOException {
    try (var host = EmbeddedHost.start(EmbeddedHost.Options.plain());
        var sshd = LoopbackSshd.start(host);
        var login = login(sshd);
        var session = login.open();
        var shell = session.startShell()) {
      shell.getOutputStream().write("hostname\n".getBytes(StandardCharsets.UTF_8));
      shell.getOutputStream().close();
      assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("plain\n");
    }
  }

  @Test
  void leavesNoProcessBehind() throws Exception {
    var others = ProcessHandle.current().descendants().toList();
    var sshd = LoopbackSshd.start();
    var login = login(sshd);
    login.open().exec("cat");
    var ours = ProcessHandle.current().descendants().filter(one -> !others.contains(one)).toList();
    assertThat(ours).isNotEmpty();
    sshd.close();
    EmbeddedHostTest.await(() -> ours.stream().noneMatch(ProcessHandle::isAlive));
  }
}
