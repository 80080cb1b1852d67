/**
 * Reads YAML written by people so that every complaint names line and column; used by the readers
 * of audit policies and inventories. Start with {@link
 * dev.belay.core.internal.strictyaml.StrictYaml}.
 */
package dev.belay.core.internal.strictyaml;
