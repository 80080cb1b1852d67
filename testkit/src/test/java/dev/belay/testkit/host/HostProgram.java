package dev.belay.testkit.host;

import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/** Starts a host, prints what a test wants to know and waits: the JVM that tests kill. */
final class HostProgram {

  private HostProgram() {}

  public static void main(String[] args) throws Exception {
    try (var host = EmbeddedHost.start()) {
      System.out.println("keeper " + host.root().getName(1));
      System.out.println("scratch " + host.privateKeyFile().getParent());
      try (var login = Login.to(host)) {
        System.out.println("login " + login.run("id -u").split("[|\n]")[1]);
      }
      var install = "FALCO_FRONTEND=noninteractive apt-get -y install falco 2>&1";
      System.out.println("install " + host.run(install).contains("Setting up falco"));
      var active = "systemctl is-active falco; systemctl is-active kubelet";
      System.out.println("active " + host.run(active).replace('\n', ' '));
      var ready = "kubectl --kubeconfig /etc/kubernetes/admin.conf get --raw /readyz";
      System.out.println("ready " + host.run(ready));
      System.out.println("waiting");
      new Scanner(System.in, StandardCharsets.UTF_8).hasNextLine();
    } catch (HostUnavailableException e) {
      System.out.println(e.getMessage());
    }
    System.exit(0);
  }
}
