package dev.belay.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StandinFalcoTest {

  private static final String INSTALL =
      "FALCO_FRONTEND=noninteractive DEBIAN_FRONTEND=noninteractive apt-get -y install falco 2>&1";

  private EmbeddedHost host;

  @BeforeEach
  void startHost() throws IOException {
    var all = EmbeddedHost.Options.defaults();
    host =
        EmbeddedHost.start(
            new EmbeddedHost.Options(
                "node", all.shell(), false, all.apiServerStartup(), true, true, true, false));
  }

  @AfterEach
  void closeHost() {
    host.close();
  }

  @Test
  void installsRunsAndPurgesByApt() throws Exception {
    assertThat(host.run("LC_ALL=C apt-cache policy falco")).contains("Candidate: 0.40.0");
    assertThat(host.run(INSTALL)).contains("Setting up falco");
    assertThat(
            host.run(
                "systemctl is-active falco falco-modern-bpf; systemctl is-enabled falco-modern-bpf"))
        .isEqualTo("active\nactive\nenabled\n");
    assertThat(host.run("readlink /etc/systemd/system/falco.service"))
        .isEqualTo("/usr/lib/systemd/system/falco-modern-bpf.service\n");
    assertThat(host.run("dpkg -s falco")).contains("This is not Falco.");
    assertThat(host.run("dpkg -V falco")).isEmpty();
    host.run(
        "sed -i '/^file_output/,/filename/{s/enabled: false/enabled: true/;"
            + "s,filename: .*,filename: /opt/falco.log,}' /etc/falco/falco.yaml");
    host.run("systemctl restart falco-modern-bpf");
    EmbeddedHostTest.await(
        () -> host.run("cat /opt/falco.log 2>/dev/null || :").contains("stand-in"));
    assertThat(host.run("stat -c %a /opt/falco.log")).isEqualTo("600\n");
    assertThat(host.run("apt-get -y remove --purge falco 2>&1"))
        .contains("Purging configuration files");
    assertThat(host.run("ls /etc/falco/falco.yaml 2>&1; systemctl is-active falco-modern-bpf; :"))
        .contains("No such file")
        .endsWith("inactive\n");
  }

  @Test
  void letsTheCandidateBeDownloadedAndReadWithoutInstalling() {
    var conffile =
        host.run(
            "cd /tmp && apt-get -qq download falco &&"
                + " dpkg-deb --fsys-tarfile falco_*.deb | tar -xOf - ./etc/falco/falco.yaml");
    assertThat(conffile).contains("\nfile_output:\n  enabled: false\n  keep_alive: false\n");
    assertThat(host.run("dpkg -s falco 2>&1 || :")).contains("not installed");
  }

  @Test
  void enablesNoUnitWithoutADriver() {
    host.run("export FALCO_DRIVER_CHOICE=none; " + INSTALL);
    assertThat(host.run("systemctl is-enabled falco-modern-bpf; systemctl is-active falco; :"))
        .isEqualTo("disabled\ninactive\n");
  }

  @Test
  void refusesBrokenConfigurationAndUnknownEngines() throws Exception {
    host.run(INSTALL);
    assertThat(host.run("falco --version")).startsWith("Falco version: 0.40.0");
    host.run("falco --dry-run 2>/dev/null");
    host.run("cp /etc/falco/falco.yaml /root; echo 'a: b: c' >>/etc/falco/falco.yaml");
    assertThat(host.run("falco --dry-run 2>&1; echo $?"))
        .contains("illegal map value")
        .endsWith("1\n");
    // Type=simple: the restart itself succeeds, the unit fails afterwards.
    host.run("systemctl restart falco");
    EmbeddedHostTest.await(() -> host.run("systemctl is-active falco; :").equals("activating\n"));
    host.run(
        "cp /root/falco.yaml /etc/falco; printf 'engine:\\n  kind: x\\n' >/etc/falco/config.d/z.yaml");
    assertThat(host.run("falco --dry-run 2>&1; echo $?"))
        .contains("not a valid kind")
        .endsWith("1\n");
  }

  @Test
  void knowsNoPackageBeforeTheFirstUpdateWhenAskedTo() throws IOException {
    try (var stale = EmbeddedHost.start(EmbeddedHost.Options.defaults().withoutAptLists())) {
      assertThat(stale.run("apt-cache policy falco")).isEmpty();
      stale.run("apt-get update 2>&1");
      assertThat(stale.run("LC_ALL=C apt-cache policy falco")).contains("Candidate: 0.40.0");
    }
  }
}
