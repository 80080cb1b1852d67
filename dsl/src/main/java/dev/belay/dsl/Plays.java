package dev.belay.dsl;

import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Condition;
import dev.belay.core.step.Event;
import dev.belay.core.step.Handler;
import dev.belay.core.step.PlayItem;
import dev.belay.core.step.TaskBlock;
import java.util.List;

/** The frame of a playbook: plays, hosts, blocks, handlers, conditions. */
public final class Plays {

  private Plays() {}

  /** Returns a playbook of these plays, which run in this order. */
  public static Playbook playbook(String name, Play... plays) {
    return new Playbook(name, List.of(plays));
  }

  /** Returns a play for all hosts, without tasks yet. */
  public static Play play(String name) {
    return Play.of(name);
  }

  /** Returns the pattern of all hosts in a group of the inventory. */
  public static String group(String name) {
    return name;
  }

  /** Returns the pattern of one host of the inventory. */
  public static String host(String name) {
    return name;
  }

  /**
   * Returns a block of tasks, to which {@link TaskBlock#rescue} adds what is run when one of them
   * fails and {@link TaskBlock#always} what is run in any case.
   *
   * <p>What should be undone when something fails, rather than mended, belongs into {@link
   * Guards#guarded}.
   */
  public static TaskBlock block(PlayItem... items) {
    return TaskBlock.of(items);
  }

  /**
   * Returns a handler: an event that runs once, at the end, when a task that notifies it changed.
   */
  public static Handler handler(String name, Event event) {
    return new Handler(name, event);
  }

  /** Holds where something lies at the path. */
  public static Condition exists(String path) {
    return new Condition.Exists(RemotePath.of(path));
  }

  /** Holds where a command that only reads succeeds. */
  public static Condition succeeds(String program, String... arguments) {
    return new Condition.Succeeds(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(program), java.util.stream.Stream.of(arguments))
            .toList());
  }

  /** Holds where the other condition does not. */
  public static Condition not(Condition other) {
    return other.not();
  }
}
