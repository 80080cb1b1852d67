/**
 * Tells a run to people and programs; the only place that prints. Start with {@link
 * dev.belay.core.report.ConsoleReport} and {@link dev.belay.core.report.JsonReport}.
 */
package dev.belay.core.report;
