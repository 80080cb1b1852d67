package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFactsTest {

  @TempDir Path folder;
  private final Heard heard = new Heard();

  @Test
  void tellsWhatKindOfHostsTheseAreInOneRoundTripAndWritesNothing() throws IOException {
    try (EmbeddedHost host = EmbeddedHost.start(EmbeddedHost.Options.plain())) {
      host.run("mkdir -p /etc/kubernetes/manifests; echo x >/etc/kubernetes/manifests/etcd.yaml");
      String[] way = {
        host.privateKeyFile().toString(), host.knownHostsFile().toString(), host.user()
      };
      Path inventory = folder.resolve("hosts.yaml");
      Files.writeString(
          inventory,
          "all: {hosts: {cp1: {ansible_host: 127.0.0.1, ansible_port: %d, ansible_user: %s}, gone: {ansible_host: 127.0.0.1, ansible_port: 1}}}"
              .formatted(host.port(), way[2]));
      String tree = "find / -xdev -newer /opt/mark ! -path '/proc/*' ! -path '/sys/*' -print";
      host.run("touch /opt/mark");
      int code = belay("facts", "cp1", "-i", inventory.toString(), way[0], way[1]);
      assertThat(code).as(heard.err()).isZero();
      assertThat(host.run(tree)).doesNotContain("belay").doesNotContain("/etc");
      assertThat(heard.out())
          .startsWith("cp1  (asked as " + host.run("id -un").strip() + ", ")
          .contains("  os        ", host.run("uname -sr").strip(), "  hardware  ", "root (0)");
      Heard json = new Heard();
      String[] args = {
        "facts",
        "all",
        "--json",
        "-i",
        inventory.toString(),
        "--private-key",
        way[0],
        "--known-hosts",
        way[1]
      };
      assertThat(Main.execute(args, json.streams(Terminal.NONE))).isEqualTo(4);
      assertThat(json.out().lines()).hasSize(2);
      assertThat(json.out())
          .contains("{\"v\":1,\"type\":\"facts\",\"host\":\"cp1\",\"ok\":true,")
          .contains("\"round_trips\":1,")
          .contains("\"static_pods\":[\"etcd.yaml\"]")
          .contains("\"host\":\"gone\",\"ok\":false");
    }
  }

  private int belay(String verb, String pattern, String i, String hosts, String key, String known) {
    String[] args = {verb, pattern, i, hosts, "--private-key", key, "--known-hosts", known};
    return Main.execute(args, heard.streams(Terminal.NONE));
  }
}
