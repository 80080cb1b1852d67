package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.host.LoopbackSshd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PingTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int belay(String... args) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Main.execute(args, new Streams(stream, stream, Terminal.NONE));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Two servers, an INI inventory with group_vars, and the way between them in ssh_config. */
  @Test
  void reachesHostsThroughAJumpHostAsInventoryAndConfigurationSay() throws IOException {
    try (LoopbackSshd hop = LoopbackSshd.start();
        LoopbackSshd target = LoopbackSshd.start()) {
      Path known = folder.resolve("known_hosts");
      Files.writeString(
          known,
          Files.readString(hop.knownHostsFile()) + Files.readString(target.knownHostsFile()));
      String config =
          """
          Host bastion
            HostName 127.0.0.1
            Port %d
            IdentityFile %s
            UserKnownHostsFile %s
          Host 127.0.0.1
            ProxyJump bastion
            UserKnownHostsFile %s
          """;
      Path file =
          Files.writeString(
              folder.resolve("config"),
              config.formatted(hop.port(), hop.privateKeyFile(), known, known));
      Path hosts =
          Files.writeString(
              folder.resolve("hosts"),
              "[web]\nw1 ansible_host=127.0.0.1 ansible_port=%d\n[here]\nlocal1\n[here:vars]\nansible_connection=local\n"
                  .formatted(target.port()));
      Path vars = Files.createDirectories(folder.resolve("group_vars")).resolve("web.yml");
      Files.writeString(vars, "ansible_ssh_private_key_file: " + target.privateKeyFile() + "\n");
      int code = belay("ping", "all", "-i", hosts.toString(), "--ssh-config", file.toString());
      assertThat(said()).contains("w1 ", "local1 ", " ok  " + target.user() + ", Linux");
      assertThat(code).isZero();
      assertThat(hop.log()).contains("Accepted publickey");
      assertThat(target.log()).contains("Accepted publickey");
    }
  }

  @Test
  void saysWhyAHostDoesNotAnswer() throws IOException {
    Path hosts =
        Files.writeString(
            folder.resolve("hosts.yaml"),
            "all: {hosts: {gone: {ansible_host: gone.invalid}, here: {ansible_connection: local}}}");
    Path key = folder.resolve("key");
    try (LoopbackSshd sshd = LoopbackSshd.start()) {
      Files.copy(sshd.privateKeyFile(), key);
    }
    String[] way = {"--ssh-config", "none", "--private-key", key.toString()};
    int code = belay("ping", "all", "-i", hosts.toString(), way[0], way[1], way[2], way[3]);
    assertThat(code).isEqualTo(4);
    assertThat(said())
        .contains("gone                 UNREACHABLE\n  got     gone (")
        .contains("no such host name: gone.invalid\n  do      ")
        .contains("here                 ok  ");
    out.reset();
    assertThat(belay("ping", "here", "--json", "-i", hosts.toString())).isZero();
    assertThat(said()).startsWith("{\"v\":1,\"type\":\"ping\",\"host\":\"here\",\"ok\":true,");
  }
}
