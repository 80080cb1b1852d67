package dev.belay.core.builtin.kube;

import java.util.List;
import java.util.Optional;

/**
 * One flag as a container's command line has it.
 *
 * @param name its name without dashes, with {@code _} read as {@code -}, as Kubernetes does
 * @param spelled the flag as its first item spells it, dashes included, without any value
 * @param value its value; empty for {@code --flag} alone
 * @param places its list items: two for {@code --flag} and its value apart, else one
 */
record Argument(String name, String spelled, Optional<String> value, List<Place> places) {
  static final String DASHES = "--";

  /**
   * A place in one of a container's two lists.
   *
   * @param list {@code command} or {@code args}
   * @param position counted from 0
   */
  record Place(String list, int position) {
    Place next() {
      return new Place(list, position + 1);
    }
  }

  /** Reads one item that starts with two dashes. */
  static Argument of(String item, Place place) {
    int equals = item.indexOf('=');
    String spelled = equals < 0 ? item : item.substring(0, equals);
    Optional<String> value =
        equals < 0 ? Optional.empty() : Optional.of(item.substring(equals + 1));
    return new Argument(nameOf(spelled), spelled, value, List.of(place));
  }

  /** Returns this flag with the next item as its value. */
  Argument withValue(String next, Place place) {
    return new Argument(name, spelled, Optional.of(next), List.of(places.get(0), place));
  }

  /** Returns what the program is told: a flag alone says true. */
  String said() {
    return value.orElse("true");
  }

  /** Returns the place of its last item. */
  Place last() {
    return places.get(places.size() - 1);
  }

  private static String nameOf(String spelled) {
    return spelled.substring(DASHES.length()).replace('_', '-');
  }
}
