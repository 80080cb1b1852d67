package dev.belay.core.run;

import dev.belay.core.remote.KnownSecrets;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Covers the secrets that are known in an event, before anybody is told. Goes through the parts of
 * records, so that no text of an event made tomorrow is forgotten.
 */
final class MaskedEvent {

  /**
   * What others look things up by; names of plays and tasks are covered as they are given. In a
   * digest a secret would be chance.
   */
  private static final Set<String> AS_IT_IS =
      Set.of("host", "hosts", "run", "play", "task", "source", "digest", "columns", "outcome");

  private MaskedEvent() {}

  /** Returns the event without secrets. */
  static RunEvent of(RunEvent event) {
    return KnownSecrets.any() ? (RunEvent) masked(event) : event;
  }

  private static Object masked(Object value) {
    if (value instanceof String text) {
      return KnownSecrets.masked(text);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(MaskedEvent::masked).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> all = new LinkedHashMap<>();
      map.forEach((key, one) -> all.put(key, masked(one)));
      return all;
    }
    if (value instanceof Optional<?> maybe) {
      return maybe.map(MaskedEvent::masked);
    }
    return value instanceof Record record ? masked(record) : value;
  }

  private static Record masked(Record record) {
    RecordComponent[] parts = record.getClass().getRecordComponents();
    Object[] values = new Object[parts.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        parts[i].getAccessor().setAccessible(true);
        Object value = parts[i].getAccessor().invoke(record);
        values[i] = AS_IT_IS.contains(parts[i].getName()) ? value : masked(value);
      }
      Constructor<? extends Record> whole =
          record
              .getClass()
              .getDeclaredConstructor(
                  Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
      whole.setAccessible(true);
      return whole.newInstance(values);
    } catch (NoSuchMethodException
        | IllegalAccessException
        | InstantiationException
        | InvocationTargetException unlike) {
      throw new IllegalStateException(
          "a secret in " + record.getClass().getSimpleName() + " cannot be covered", unlike);
    }
  }
}
