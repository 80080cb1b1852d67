package dev.belay.core.builtin.falco.rules;

import java.util.List;

/**
 * The plugins that a rules file needs.
 *
 * @param plugins one alternative of each has to be there
 */
public record PluginVersions(List<Requirement> plugins) implements FalcoItem {

  /**
   * One plugin.
   *
   * @param name of the plugin
   * @param version the least that will do
   * @param alternatives others that will do as well
   */
  public record Requirement(String name, String version, List<Requirement> alternatives) {
    /** Copies the list. */
    public Requirement {
      alternatives = List.copyOf(alternatives);
    }
  }

  /** Copies the list. */
  public PluginVersions {
    plugins = List.copyOf(plugins);
  }

  @Override
  public String label() {
    return "required_plugin_versions";
  }
}
