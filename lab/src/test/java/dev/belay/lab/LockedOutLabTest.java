package dev.belay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guarded changes after which nobody can log in any more, a reboot in the middle of one, and two
 * controllers at once: the host lets us in again by itself, as it was before.
 */
class LockedOutLabTest {

  private static final String PLAYBOOK = "lab/src/test/playbooks/GuardedLogin.java";

  /** The guard of the playbook, the undo, and half a minute. */
  private static final Duration LIMIT = Duration.ofSeconds(20 + 30);

  /**
   * Files without the copies that usermod makes, firewall, link and daemon; not the times of
   * directories, which nobody can put back.
   */
  private static final String STATE =
      "find /etc /home /root -xdev ! -path '/etc/*-' ! -name 'belay-guard-*' -printf '%p %y %m %U:%G %l\\n' | sort;"
          + " find /etc /home /root -xdev -type f ! -path '/etc/*-' ! -name 'belay-guard-*' -exec sha256sum {} + | sort -k2;"
          + " iptables -S; ip -o link show host0 | grep -o 'state [A-Z]*'; systemctl is-active ssh";

  @TempDir static Path scratch;
  private static LabHost host;
  private static Outcomes outcomes;
  private static boolean spoilt;

  @BeforeAll
  static void makeHost() {
    fresh();
    outcomes = new Outcomes("locked-out", "case", "exit", "outcome", "time until as before");
  }

  @AfterAll
  static void takeItDown() {
    if (host != null) {
      host.close();
    }
  }

  private static void fresh() {
    host = LabHost.up("lab-test-guard", scratch);
  }

  @BeforeEach
  void arrange() {
    if (spoilt) {
      fresh(); // the case before has not left the host as it was
    }
    spoilt = true;
  }

  static List<String> cases() {
    return Cases.of(
        List.of(
            "sshd refuses our user",
            "sshd listens elsewhere",
            "sshd is told a mistake and reloaded",
            "sshd is told a mistake and restarted",
            "sshd's file has a mistake that its next start would meet",
            "sshd is stopped",
            "sudo asks for a password",
            "sudoers has a mistake",
            "sudoers is gone",
            "our key is taken away",
            "our shell is taken away",
            "the firewall drops ssh",
            "the firewall rejects ssh",
            "the address is taken away"),
        List.of("sshd refuses our user", "sudoers has a mistake", "the firewall drops ssh")
            ::contains);
  }

  @ParameterizedTest
  @MethodSource("cases")
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void letsUsInAgain(String name) {
    var before = state();
    var running = apply(name);
    var changed = awaitState(before, false, Instant.now().plusSeconds(60), running);
    awaitState(before, true, changed.plus(LIMIT), running);
    var healed = Duration.between(changed, Instant.now());
    var run = running.join();
    outcomes.add(
        name,
        run.exit(),
        state().equals(before) ? "as before" : "NOT as before",
        Outcomes.seconds(healed));
    assertThat(run.exit()).as(run.output()).isEqualTo(3);
    assertThat(state()).isEqualTo(before);
    assertThat(host.root("echo in").strip()).isEqualTo("in");
    host.assertClean();
    spoilt = false;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--force --force"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void undoesAfterARebootInTheMiddle(String how) {
    var before = state();
    var running = apply("slow");
    var changed = awaitState(before, false, Instant.now().plusSeconds(60), running);
    host.inside("systemctl reboot " + how);
    awaitState(before, true, changed.plusSeconds(90), running);
    var healed = Duration.between(changed, Instant.now());
    var run = running.join();
    outcomes.add(
        how.isEmpty() ? "the host is rebooted in the middle" : "the host is reset in the middle",
        run.exit(),
        "as before",
        seconds(healed));
    assertThat(run.exit()).as(run.output()).isNotZero();
    host.await(Duration.ofSeconds(60), "true");
    assertThat(state()).isEqualTo(before);
    host.assertClean();
    spoilt = false;
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void refusesASecondControllerWhileOneIsAtWork() {
    var before = state();
    var first = apply("slow");
    awaitState(before, false, Instant.now().plusSeconds(60), first);
    var during = state();

    var second = apply("sudoers is gone").join();

    assertThat(second.exit()).as(second.output()).isEqualTo(5);
    assertThat(second.output()).contains("lab-test-guard", System.getProperty("user.name"));
    assertThat(state()).isEqualTo(during);
    host.root("touch /run/lab-go-on");
    assertThat(first.join().exit()).as(first.join().output()).isZero();
    host.root("rm /run/lab-go-on");
    outcomes.add(
        "a second controller comes meanwhile", second.exit(), "refused; the first one ends", "");
    host.belay(Map.of(), "rollback", "all", "--become", "-y").well();
    assertThat(state()).isEqualTo(before);
    host.assertClean();
    spoilt = false;
  }

  private static String seconds(Duration time) {
    return Outcomes.seconds(time);
  }

  private static CompletableFuture<Ran> apply(String name) {
    return CompletableFuture.supplyAsync(
        () -> host.belay(Map.of("BELAY_LAB_CASE", name), "apply", PLAYBOOK, "-y"));
  }

  private static String state() {
    return host.inside(STATE).well();
  }

  /** Waits until the host is, or is not, as it was before; returns when that was seen. */
  private static Instant awaitState(
      String before, boolean same, Instant limit, CompletableFuture<Ran> run) {
    while (true) {
      var now = host.inside(STATE);
      if (now.exit() == 0 && now.output().equals(before) == same) {
        return Instant.now();
      }
      if (!same && run.isDone() && run.join().exit() != 0) {
        return Instant.now(); // it was undone before we looked
      }
      if (Instant.now().isAfter(limit)) {
        throw new AssertionError(
            "the host is " + (same ? "not as before" : "unchanged") + "\n" + run.join().output());
      }
    }
  }
}
