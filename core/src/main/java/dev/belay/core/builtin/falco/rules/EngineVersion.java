package dev.belay.core.builtin.falco.rules;

/**
 * The engine that a rules file needs.
 *
 * @param required a number, or {@code x.y.z} since Falco 0.37
 */
public record EngineVersion(String required) implements FalcoItem {

  /** Checks the form. */
  public EngineVersion {
    if (!required.matches("\\d{1,9}|\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}")) {
      throw FalcoRulesException.of(
          "required_engine_version is \"" + required + "\", not a number or x.y.z",
          "write a number, such as 31, or a version, such as 0.31.0");
    }
  }

  /** Returns it in the later form: {@code 31} is {@code 0.31.0}. */
  String semantic() {
    return required.contains(".") ? required : "0." + required + ".0";
  }

  @Override
  public String label() {
    return "required_engine_version";
  }
}
