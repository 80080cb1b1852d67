package dev.belay.core.inventory;

import java.util.Map;

/**
 * One source of hosts, already read from wherever it is.
 *
 * @param name the file's name, for messages
 * @param kind how the content is written
 * @param content the bytes
 * @param hostAnswers for a script whose list holds no variables: what it says of each host
 */
public record InventoryText(
    String name, Kind kind, byte[] content, Map<String, byte[]> hostAnswers) {

  /** How a source is written. */
  public enum Kind {
    /** Ansible's YAML. */
    YAML,
    /** Ansible's INI. */
    INI,
    /** What a script prints for {@code --list}: JSON. */
    SCRIPT,
    /** Hosts with commas between them, as {@code -i} takes them. */
    HOSTS
  }

  /** Copies the map. */
  public InventoryText {
    hostAnswers = Map.copyOf(hostAnswers);
  }

  /** Returns a source that is no script. */
  public static InventoryText of(String name, Kind kind, byte[] content) {
    return new InventoryText(name, kind, content, Map.of());
  }
}
