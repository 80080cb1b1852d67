package dev.belay.cli;

import java.util.Map;

/**
 * A playbook file as classes.
 *
 * @param mainClass binary name of the class to start
 * @param classes class files by binary name
 */
record CompiledPlaybook(String mainClass, Map<String, byte[]> classes) {

  /** Name of the class loader of playbooks, which every stack frame of theirs carries. */
  static final String LOADER = "playbook";

  CompiledPlaybook {
    classes = Map.copyOf(classes);
  }

  /** Loads the class to start, beside the library's own classes. */
  Class<?> load() {
    try {
      return Class.forName(mainClass, false, new Loader(classes));
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException("class " + mainClass + " was compiled and is gone", missing);
    }
  }

  private static final class Loader extends ClassLoader {

    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(LOADER, CompiledPlaybook.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
