/** Keys of YAML files. Start with {@link dev.belay.core.builtin.yaml.YamlKeys}. */
package dev.belay.core.builtin.yaml;
