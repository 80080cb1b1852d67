package dev.belay.core.playbook;

import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a record of a host's variables. The component {@code appPort} is the variable {@code
 * app_port}; its type says what the variable has to be: String, boolean, int, long, double, an
 * enum, {@link RemotePath}, {@link Secret}, Object for anything, List and Map with String keys of
 * these, a record for a mapping, Optional for what may be left out. Pure; used once.
 */
final class VarReading {

  private static final Set<Class<?>> PLAIN =
      Set.of(
          String.class,
          boolean.class,
          Boolean.class,
          int.class,
          Integer.class,
          long.class,
          Long.class,
          double.class,
          Double.class,
          RemotePath.class,
          Secret.class,
          Object.class);

  private final List<VarProblem> problems = new ArrayList<>();

  /**
   * Refuses a record that cannot be made of variables.
   *
   * @throws IllegalArgumentException naming the component
   */
  static void requireReadable(Class<? extends Record> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (!readable(component.getGenericType())) {
        throw new IllegalArgumentException(
            "no variable can be a "
                + component.getGenericType().getTypeName()
                + ", the type of "
                + name(type, component));
      }
    }
  }

  private static boolean readable(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      boolean map = generic.getRawType() == Map.class && of[0] == String.class;
      boolean known = map || Set.of(List.class, Optional.class).contains(generic.getRawType());
      return known && readable(of[of.length - 1]);
    }
    if (type instanceof Class<?> plain && isNested(plain)) {
      return Arrays.stream(plain.getRecordComponents())
          .allMatch(component -> readable(component.getGenericType()));
    }
    return PLAIN.contains(type) || type instanceof Class<?> plain && plain.isEnum();
  }

  /**
   * Makes the record.
   *
   * @throws VarsRefusedException with all that is wrong
   */
  <V extends Record> V read(Class<V> type, Map<String, Object> vars) {
    Object made = record(type, vars, "");
    if (!problems.isEmpty()) {
      throw new VarsRefusedException(problems);
    }
    return type.cast(made);
  }

  /** Returns the record, or null where something is wrong. */
  private Object record(Class<?> type, Map<?, ?> vars, String path) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    int before = problems.size();
    for (int i = 0; i < components.length; i++) {
      String variable = variable(components[i].getName());
      Place place = new Place(path + variable, name(type, components[i]));
      values[i] = value(components[i].getGenericType(), vars.get(variable), place);
    }
    return problems.size() > before ? null : made(type, components, values, path);
  }

  private Object made(Class<?> type, RecordComponent[] components, Object[] values, String path) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      String why = String.valueOf(refused.getCause().getMessage());
      String of = path.isEmpty() ? "" : path.substring(0, path.length() - 1);
      problems.add(new VarProblem(of, type.getSimpleName(), "values it takes", why));
      return null;
    } catch (ReflectiveOperationException closed) {
      throw new IllegalArgumentException(type + " cannot be made: " + closed, closed);
    }
  }

  /** Where a value belongs. */
  private record Place(String variable, String component) {
    Place at(String below) {
      return new Place(variable + below, component);
    }
  }

  private Object value(Type type, Object value, Place place) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      Type of = generic.getActualTypeArguments()[0];
      return value == null ? Optional.empty() : Optional.ofNullable(value(of, value, place));
    }
    if (value == null) {
      problems.add(new VarProblem(place.variable, place.component, VarWords.wanted(type), ""));
      return null;
    }
    if (type instanceof ParameterizedType generic) {
      return many(generic, value, place);
    }
    Class<?> plain = (Class<?>) type;
    if (isNested(plain)) {
      return value instanceof Map<?, ?> map
          ? record(plain, map, place.variable + ".")
          : wrong(type, value, place);
    }
    return VarWords.plain(plain, value).orElseGet(() -> wrong(type, value, place));
  }

  private Object many(ParameterizedType type, Object value, Place place) {
    Type[] of = type.getActualTypeArguments();
    if (type.getRawType() == List.class && value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        values.add(value(of[0], list.get(i), place.at("[" + i + "]")));
      }
      return values;
    }
    if (type.getRawType() == Map.class && value instanceof Map<?, ?> map) {
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach(
          (key, one) ->
              values.put(String.valueOf(key), value(of[1], one, place.at("[" + key + "]"))));
      return values;
    }
    return wrong(type, value, place);
  }

  private Object wrong(Type type, Object value, Place place) {
    problems.add(
        new VarProblem(
            place.variable, place.component, VarWords.wanted(type), VarWords.got(type, value)));
    return null;
  }

  /** Tells whether a type is a record for a mapping; some records stand for a text. */
  static boolean isNested(Class<?> type) {
    return type.isRecord() && !PLAIN.contains(type);
  }

  private static String name(Class<?> type, RecordComponent component) {
    return type.getSimpleName() + "." + component.getName();
  }

  /** Returns the variable of a component: {@code app_port} for {@code appPort}. */
  static String variable(String component) {
    return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
