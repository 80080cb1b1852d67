package dev.belay.core.builtin.falco;

import java.util.List;
import java.util.Optional;

/**
 * One alert of Falco, as far as it matters here.
 *
 * @param time as printed: text lines have local time without a date unless Falco is set otherwise
 * @param priority how urgent
 * @param rule which rule; text lines do not tell it
 * @param tags of the rule; empty where the line does not tell them, as no text line does
 * @param output the alert's text
 * @param place where it happened
 */
public record FalcoEvent(
    String time,
    FalcoPriority priority,
    Optional<String> rule,
    Optional<List<String>> tags,
    String output,
    Place place) {}
