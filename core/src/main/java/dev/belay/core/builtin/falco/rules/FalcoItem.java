package dev.belay.core.builtin.falco.rules;

/** One item of a rules file. */
public sealed interface FalcoItem
    permits FalcoRule, RuleChange, FalcoMacro, FalcoList, EngineVersion, PluginVersions {

  /** Returns what it is and of which name, such as {@code rule "Terminal shell in container"}. */
  String label();
}
