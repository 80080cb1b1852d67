/**
 * Which hosts there are, how each is reached, and which of them a pattern means, in Ansible's
 * words. Start with {@link dev.belay.core.inventory.InventoryYaml} or {@link
 * dev.belay.core.inventory.Inventory#literal}.
 */
package dev.belay.core.inventory;
