package dev.belay.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts the steps of a run's protocol, writes them down, and breaks the run at one of them. */
final class Breaker {

  /** How a run is broken. */
  enum Way {
    /** Not at all: the steps are only counted. */
    NONE,
    /** The controller is killed by SIGKILL. */
    KILL,
    /** The host's link goes down and stays so; the controller goes on without it. */
    CUT,
    /** The host's link goes down and comes back after some seconds. */
    BLINK
  }

  private final Way way;
  private final int at;
  private final String link;
  private final Duration away;
  private final Path log;
  private int count;

  /**
   * Makes one.
   *
   * @param at the step, from 1
   * @param link this machine's end of the host's network
   * @param away how long the link is down where it comes back
   * @param log gets a line for each step
   */
  Breaker(Way way, int at, String link, Duration away, Path log) {
    this.way = way;
    this.at = at;
    this.link = link;
    this.away = away;
    this.log = log;
  }

  /** Tells whether the run is broken at the next step that is told. */
  synchronized boolean isNext() {
    return way != Way.NONE && count + 1 == at;
  }

  /** Passes a step, and breaks the run where it is the one. */
  synchronized void step(String what) {
    boolean now = isNext();
    count++;
    note(count + " " + what);
    if (now) {
      note("broken " + System.currentTimeMillis());
      act();
    }
  }

  private void act() {
    switch (way) {
      case KILL -> killThisProcess();
      case CUT -> run("ip", "link", "set", link, "down");
      case BLINK -> {
        run("ip", "link", "set", link, "down");
        var back = new Thread(this::comeBack, "link");
        back.setDaemon(false);
        back.start();
      }
      default -> throw new IllegalStateException(way + " breaks nothing");
    }
  }

  private void comeBack() {
    try {
      TimeUnit.MILLISECONDS.sleep(away.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    run("ip", "link", "set", link, "up");
  }

  /** Nothing of this process runs any more: no shutdown hook, no finally. */
  private static void killThisProcess() {
    run("kill", "-KILL", Long.toString(ProcessHandle.current().pid()));
    throw new IllegalStateException("still alive");
  }

  private static void run(String... words) {
    try {
      int exit = new ProcessBuilder(words).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("exit " + exit + ": " + List.of(words));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(String line) {
    try {
      Files.writeString(
          log,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
