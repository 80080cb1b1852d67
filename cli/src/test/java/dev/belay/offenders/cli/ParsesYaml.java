package dev.belay.offenders.cli;

import org.yaml.snakeyaml.Yaml;

/** A third reader of YAML. */
final class ParsesYaml {
  Yaml yaml;
}
