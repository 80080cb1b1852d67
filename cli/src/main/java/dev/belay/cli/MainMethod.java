package dev.belay.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;

/**
 * The main method of a class, chosen as JEP 512 does: {@code main(String[])} before {@code main()},
 * static or not, public or not; on every JDK, so that one file runs on all of them.
 */
final class MainMethod {

  private final Class<?> type;
  private final Method method;

  private MainMethod(Class<?> type, Method method) {
    this.type = type;
    this.method = method;
  }

  /** Finds the main method that the class has or inherits. */
  static Optional<MainMethod> of(Class<?> type) {
    return find(type, String[].class)
        .or(() -> find(type))
        .filter(method -> Modifier.isStatic(method.getModifiers()) || constructor(type).isPresent())
        .map(method -> new MainMethod(type, method));
  }

  /**
   * Calls it.
   *
   * @throws InvocationTargetException with what the user's code threw
   */
  void call(String[] args) throws InvocationTargetException {
    try {
      method.setAccessible(true);
      Object instance = Modifier.isStatic(method.getModifiers()) ? null : newInstance();
      if (method.getParameterCount() == 0) {
        method.invoke(instance);
      } else {
        method.invoke(instance, (Object) args);
      }
    } catch (ExceptionInInitializerError inStatics) {
      throw new InvocationTargetException(
          inStatics.getCause() == null ? inStatics : inStatics.getCause());
    } catch (IllegalAccessException | InstantiationException closed) {
      throw new InvocationTargetException(closed);
    }
  }

  private Object newInstance()
      throws InvocationTargetException, InstantiationException, IllegalAccessException {
    Constructor<?> constructor = constructor(type).orElseThrow();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static Optional<Method> find(Class<?> type, Class<?>... parameters) {
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      try {
        Method method = at.getDeclaredMethod("main", parameters);
        if (!Modifier.isPrivate(method.getModifiers()) && method.getReturnType() == void.class) {
          return Optional.of(method);
        }
      } catch (NoSuchMethodException noneHere) {
        continue;
      }
    }
    return Optional.empty();
  }

  private static Optional<Constructor<?>> constructor(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      boolean usable =
          !Modifier.isPrivate(constructor.getModifiers())
              && !Modifier.isAbstract(type.getModifiers());
      return usable ? Optional.of(constructor) : Optional.empty();
    } catch (NoSuchMethodException none) {
      return Optional.empty();
    }
  }
}
