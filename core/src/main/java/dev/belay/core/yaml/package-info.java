/**
 * Edits of YAML text that keep every byte they do not mean to change: comments, order, quoting,
 * indentation, line ends. Pure functions without I/O; start with {@link
 * dev.belay.core.yaml.YamlEdit} for key paths, with {@link dev.belay.core.yaml.YamlText} for more.
 */
package dev.belay.core.yaml;
