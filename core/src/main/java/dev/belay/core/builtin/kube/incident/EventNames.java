package dev.belay.core.builtin.kube.incident;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The names that matter in an object of an audit event, found by their bytes. */
final class EventNames {

  /** Names of an object that nothing is kept of. */
  static final EventNames NONE = new EventNames(List.of());

  /** The names in the event itself. */
  static final EventNames TOP = top();

  /**
   * One name.
   *
   * @param bytes in ASCII
   * @param field what its value is kept as; null when it is not
   * @param below the names in the object that it holds
   */
  record Name(byte[] bytes, EventField field, EventNames below) {}

  /** A name that does not matter. */
  static final Name NOTHING = new Name(new byte[0], null, NONE);

  private final Name[] names;

  private EventNames(List<Name> names) {
    this.names = names.toArray(Name[]::new);
  }

  private static EventNames top() {
    List<Name> names = fields("");
    for (String object : EventField.objects()) {
      names.add(new Name(ascii(object), null, new EventNames(fields(object))));
    }
    return new EventNames(names);
  }

  private static List<Name> fields(String object) {
    List<Name> names = new ArrayList<>();
    EventField.of(object).forEach((name, field) -> names.add(new Name(ascii(name), field, NONE)));
    return names;
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns what a name means; of names that do not matter, that nothing is kept. */
  Name find(byte[] buffer, int from, int to) {
    for (Name name : names) {
      if (name.bytes.length == to - from
          && Arrays.equals(name.bytes, 0, to - from, buffer, from, to)) {
        return name;
      }
    }
    return NOTHING;
  }
}
