/**
 * Falco's rules files: their items as types, read and written, and kept on a host. Start with
 * {@link dev.belay.core.builtin.falco.rules.FalcoRulesFile}.
 */
package dev.belay.core.builtin.falco.rules;
