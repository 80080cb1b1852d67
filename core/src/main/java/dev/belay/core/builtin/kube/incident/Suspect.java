package dev.belay.core.builtin.kube.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who changed things in the namespace, by one grant.
 *
 * @param actor whose permissions counted: the impersonated user, else the one who logged in; {@link
 *     Grant#UNKNOWN} where the log names nobody
 * @param grant what allowed it
 * @param activity how much, and when
 * @param objects to what, most often recreated first
 * @param evidence lines of the log, see {@link Evidence}
 */
public record Suspect(
    String actor,
    Grant grant,
    Activity activity,
    List<ObjectCount> objects,
    List<String> evidence) {

  /** Copies the lists. */
  public Suspect {
    objects = List.copyOf(objects);
    evidence = List.copyOf(evidence);
  }

  /**
   * How much somebody did, and when.
   *
   * @param requests number of requests
   * @param recreations how often an object was deleted and one of the same name created
   * @param first time of the first request; empty when no line tells one
   * @param last time of the last request
   * @param behind who logged in to act as the actor, in order of their names
   */
  public record Activity(
      long requests,
      long recreations,
      Optional<Instant> first,
      Optional<Instant> last,
      List<String> behind) {

    /** Copies the list. */
    public Activity {
      behind = List.copyOf(behind);
    }
  }

  /**
   * What was done to one object.
   *
   * @param resource plural, such as {@code pods}
   * @param name its name; empty for collections and where the server made the name
   * @param created how often
   * @param deleted how often
   * @param other how often it was altered in another way
   */
  public record ObjectCount(String resource, String name, long created, long deleted, long other) {

    /** Returns how often it was deleted and created. */
    public long recreated() {
      return Math.min(created, deleted);
    }

    /** Returns the number of requests. */
    public long requests() {
      return created + deleted + other;
    }
  }
}
