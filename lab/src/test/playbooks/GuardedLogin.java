//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.dsl.Guards.commandSucceeds;
import static dev.belay.dsl.Guards.guarded;
import static dev.belay.dsl.Guards.seconds;
import static dev.belay.dsl.Guards.until;
import static dev.belay.dsl.Guards.within;
import static dev.belay.dsl.Plays.handler;
import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Plays.playbook;
import static dev.belay.dsl.Steps.command;
import static dev.belay.dsl.Steps.file;
import static dev.belay.dsl.Steps.service;

import dev.belay.cli.Belay;
import dev.belay.core.step.Handler;
import dev.belay.core.step.HealthCondition;
import dev.belay.core.step.ReversibleItem;

/** Locks itself out of a host in the way that BELAY_LAB_CASE names; the host has to let us back. */
public class GuardedLogin {

  private static final Handler RESTART = handler("restart ssh", service("ssh").restarted());
  private static final Handler RELOAD = handler("reload ssh", service("ssh").reloaded());
  private static final String SSHD = "/etc/ssh/sshd_config.d/belay.conf";
  private static final String SUDOERS = "/etc/sudoers.d/ops";

  public static void main(String[] args) {
    Belay.run(
        args,
        playbook(
            "Lock ourselves out",
            play("lock")
                .on("all")
                .become()
                .tasks(
                    guarded(
                        within(seconds(20)),
                        until(condition()),
                        item(System.getenv("BELAY_LAB_CASE"))))));
  }

  /** What is asked for besides a new login; the cases that need time wait for a file of no one. */
  private static HealthCondition condition() {
    return switch (System.getenv("BELAY_LAB_CASE")) {
      case "slow" -> commandSucceeds("test", "-e", "/run/lab-go-on");
      case "sshd's file has a mistake that its next start would meet" ->
          commandSucceeds("sshd", "-t");
      default -> commandSucceeds("true");
    };
  }

  private static ReversibleItem item(String name) {
    return switch (name) {
      case "slow" -> file("/etc/motd").content("changed\n");
      case "sshd refuses our user" -> file(SSHD).content("DenyUsers ops\n").notifies(RESTART);
      case "sshd listens elsewhere" -> file(SSHD).content("Port 2222\n").notifies(RESTART);
      case "sshd is told a mistake and reloaded" ->
          file(SSHD).content("NoSuchWord yes\n").notifies(RELOAD);
      case "sshd is told a mistake and restarted" ->
          file(SSHD).content("NoSuchWord yes\n").notifies(RESTART);
      case "sshd's file has a mistake that its next start would meet" ->
          file("/etc/ssh/sshd_config").content("NoSuchWord yes\n");
      case "sshd is stopped" -> service("ssh").stopped();
      case "sudo asks for a password" -> file(SUDOERS).content("ops ALL=(ALL) ALL\n");
      case "sudoers has a mistake" -> file(SUDOERS).content("ops ALL=(ALL NOPASSWD: ALL\n");
      case "sudoers is gone" -> file(SUDOERS).absent();
      case "our key is taken away" -> file("/home/ops/.ssh/authorized_keys").content("");
      case "our shell is taken away" ->
          command("usermod", "-s", "/bin/false", "ops")
              .unless("grep", "-q", "^ops:.*:/bin/false$", "/etc/passwd")
              .affects("/etc/passwd")
              .undoneBy("usermod", "-s", "/bin/sh", "ops");
      case "the firewall drops ssh" -> firewall("DROP");
      case "the firewall rejects ssh" -> firewall("REJECT");
      case "the address is taken away" ->
          command("ip", "link", "set", "host0", "down")
              .onlyIf("sh", "-c", "ip -o link show host0 | grep -q 'state UP'")
              .affectsNothing()
              .undoneBy("ip", "link", "set", "host0", "up");
      default -> throw new IllegalArgumentException("no case " + name);
    };
  }

  private static ReversibleItem firewall(String verdict) {
    return command("iptables", "-I", "INPUT", "-p", "tcp", "--dport", "22", "-j", verdict)
        .unless("iptables", "-C", "INPUT", "-p", "tcp", "--dport", "22", "-j", verdict)
        .affectsNothing()
        .undoneBy("iptables", "-D", "INPUT", "-p", "tcp", "--dport", "22", "-j", verdict);
  }
}
