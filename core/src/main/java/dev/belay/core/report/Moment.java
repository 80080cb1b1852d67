package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.time.Instant;

/**
 * An event and when it was told.
 *
 * @param at when
 * @param event what
 */
public record Moment(Instant at, RunEvent event) {}
