package dev.belay.core.change;

import dev.belay.core.remote.Secret;
import dev.belay.core.remote.Sh;
import java.util.Map;
import java.util.TreeMap;

/** Environment variables as shell text. */
final class Exports {

  private Exports() {}

  /**
   * Returns the map as it is.
   *
   * @throws IllegalArgumentException when a name could not be one of a variable
   */
  static <V> Map<String, V> checked(Map<String, V> environment) {
    for (String name : environment.keySet()) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException("not the name of a variable: \"" + name + "\"");
      }
    }
    return environment;
  }

  /** Returns the same with the values of secrets, for nobody but the host's shell. */
  static String revealed(Map<String, Secret> secrets) {
    Map<String, String> values = new TreeMap<>();
    secrets.forEach((name, secret) -> values.put(name, secret.reveal()));
    return text(values);
  }

  /** Returns one command for each variable, each with a newline; empty for no variables. */
  static String text(Map<String, String> environment) {
    StringBuilder script = new StringBuilder();
    environment.forEach(
        (name, value) ->
            script.append("export ").append(name).append('=').append(Sh.quote(value)).append('\n'));
    return script.toString();
  }
}
