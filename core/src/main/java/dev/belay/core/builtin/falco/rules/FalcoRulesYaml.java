package dev.belay.core.builtin.falco.rules;

/**
 * Rules files as YAML.
 *
 * <p>Reading is stricter than Falco, which passes over misspelt keys without a word. Thread-safe;
 * does no I/O.
 */
public final class FalcoRulesYaml {

  private FalcoRulesYaml() {}

  /**
   * Reads a rules file strictly.
   *
   * <p>Whether macros are defined, and rules that are changed are there, depends on the files that
   * Falco loads before: that is checked on the host.
   *
   * @param yaml the file's bytes in UTF-8, at most 2^20 characters
   * @throws FalcoRulesException naming line, column and key, for everything that Falco would refuse
   *     or pass over
   */
  public static FalcoRules read(byte[] yaml) {
    RulesReader.Reading reading = new RulesReader().read(yaml);
    if (!reading.problems().isEmpty()) {
      throw new FalcoRulesException(reading.problems());
    }
    return new FalcoRules(reading.items());
  }

  /**
   * Returns rules as a YAML file: equal rules give equal text.
   *
   * @param version of the Falco that will read it: changes of rules are {@code override} from 0.37
   *     on; older versions cannot say most of them, so let them be whole rules before
   * @throws FalcoRulesException for a change that the version has no words for
   */
  public static String write(FalcoRules rules, FalcoVersion version) {
    return new RulesWriter(version).write(rules);
  }
}
