/**
 * Which pods Falco has raised alerts about, read from its log in every format it has had. Start
 * with {@link dev.belay.core.builtin.falco.FalcoSearch}.
 */
package dev.belay.core.builtin.falco;
