package dev.belay.dsl;

import dev.belay.core.builtin.health.HostHealth;
import dev.belay.core.builtin.kube.ApiServerReady;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Guard;
import dev.belay.core.step.GuardedBlock;
import dev.belay.core.step.HealthCondition;
import dev.belay.core.step.ReversibleItem;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Changes on a rope: what the host undoes by itself unless it is seen healthy in time. */
public final class Guards {

  private Guards() {}

  /**
   * Returns a block of tasks that the host undoes by itself, even when this machine, the network or
   * the host's own login fails, unless all conditions hold in time. Takes only what can be undone.
   */
  public static GuardedBlock guarded(
      Duration within, List<HealthCondition> until, ReversibleItem... items) {
    return GuardedBlock.of(Guard.of(within, until), items);
  }

  /** Says how long after the last change of the block the conditions may take to hold. */
  public static Duration within(Duration time) {
    return time;
  }

  /** Names what must hold; that a new login works must hold in any case. */
  public static List<HealthCondition> until(HealthCondition... conditions) {
    return List.of(conditions);
  }

  /** Holds when a command that only looks ends with status 0. */
  public static HealthCondition commandSucceeds(String program, String... arguments) {
    return HostHealth.commandSucceeds(program, arguments);
  }

  /** Holds when the host gets an answer from a URL with a status from 200 to 299. */
  public static HealthCondition httpsAnswers(String url) {
    return HostHealth.httpsAnswers(url, OptionalInt.empty());
  }

  /** Holds when the host gets an answer from a URL with this status. */
  public static HealthCondition httpsAnswers(String url, int status) {
    return HostHealth.httpsAnswers(url, OptionalInt.of(status));
  }

  /** Holds when a process of this name has all these words on its command line, and stays. */
  public static HealthCondition processRuns(String name, String... words) {
    return HostHealth.processRuns(name, words);
  }

  /** Holds when a file holds more than before the block. */
  public static HealthCondition fileGrows(String path) {
    return HostHealth.fileGrows(RemotePath.of(path));
  }

  /** Holds when all these systemd units are active and stay so for some seconds. */
  public static HealthCondition unitActive(String unit, String... more) {
    return HostHealth.unitActive(unit, more);
  }

  /** Holds when a new login works, which every guard asks for in any case. */
  public static HealthCondition newLogin() {
    return HostHealth.newLogin();
  }

  /** Holds when the API server of this host runs as its manifest says, is ready, and stays so. */
  public static HealthCondition apiServerReady() {
    return ApiServerReady.usual().condition();
  }

  /**
   * Holds when the API server of this host runs as its manifest says, is ready, writes an audit
   * event of a request that this policy logs, and stays so.
   */
  public static HealthCondition apiServerReady(Policy audited) {
    return ApiServerReady.usual().writesAudit(audited).condition();
  }

  /** Returns a time in minutes. */
  public static Duration minutes(long count) {
    return Duration.ofMinutes(count);
  }

  /** Returns a time in seconds. */
  public static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }
}
