package dev.belay.core.inventory;

import java.util.List;

/**
 * Reads Ansible's YAML inventories.
 *
 * <p>What holds, as Ansible has it: groups hold {@code hosts}, {@code vars} and {@code children}; a
 * group or host named several times is one; a variable of a host wins over one of a group, one of a
 * group over one of the groups above it and of {@code all}; of groups of one depth the later name
 * in the alphabet wins unless {@code ansible_group_priority} says otherwise. A host's key may carry
 * a port and ranges: {@code cp[1:3]:2222}.
 *
 * <p>What differs: unknown keys, repeated keys and wrong shapes are errors, where Ansible warns and
 * skips; templates ({@code {{ }}}) are not evaluated; Vault values need {@link InventoryTexts} with
 * passwords; passwords for logging in are refused. JSON is read as YAML; inventory plugins are not
 * run. Thread-safe; does no I/O. Source: ansible/ansible lib/ansible/plugins/inventory/yaml.py and
 * lib/ansible/inventory/group.py.
 */
public final class InventoryYaml {

  private InventoryYaml() {}

  /**
   * Reads an inventory.
   *
   * @param yaml the file's bytes in UTF-8
   * @param sourceName the file's name, for messages
   * @throws InventoryException naming file, line, column, what is wrong and what to do
   */
  public static Inventory read(byte[] yaml, String sourceName) {
    return InventoryTexts.read(
        List.of(InventoryText.of(sourceName, InventoryText.Kind.YAML, yaml)), List.of());
  }
}
