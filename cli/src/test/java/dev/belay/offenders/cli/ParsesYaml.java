package dev.belay.offenders.cli;

import org.yaml.snakeyaml.Yaml;

/** A third reader of YAML. */
final class ParsesYaml {
  private Yaml yaml;
}
