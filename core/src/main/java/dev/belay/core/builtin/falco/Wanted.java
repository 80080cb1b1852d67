package dev.belay.core.builtin.falco;

import dev.belay.core.builtin.log.LogFilter;
import java.util.List;
import java.util.Optional;

/** Which alerts are looked for. */
public sealed interface Wanted {

  /** Tells whether an alert is one of them; empty when its line does not tell. */
  Optional<Boolean> is(FalcoEvent event);

  /** Returns what every line holds that can be one of them, or of which nobody can tell. */
  LogFilter filter();

  /**
   * Alerts of one rule.
   *
   * @param name of the rule, in JSON lines
   * @param text how its message begins, for text lines, which do not name the rule; empty when
   *     nobody has said
   */
  record OfRule(String name, String text) implements Wanted {
    @Override
    public Optional<Boolean> is(FalcoEvent event) {
      if (event.rule().isPresent()) {
        return event.rule().map(name::equals);
      }
      return text.isEmpty() ? Optional.empty() : Optional.of(event.output().startsWith(text));
    }

    @Override
    public LogFilter filter() {
      // anything else may be written with escapes in JSON
      boolean plain = (name + text).matches("[A-Za-z0-9 ,.:;()_=/-]+");
      return plain && !text.isEmpty() ? LogFilter.NONE.anyOf(List.of(name, text)) : LogFilter.NONE;
    }
  }

  /**
   * Alerts of a priority or a more urgent one.
   *
   * @param priority the least urgent
   */
  record AtLeast(FalcoPriority priority) implements Wanted {
    @Override
    public Optional<Boolean> is(FalcoEvent event) {
      return Optional.of(event.priority().compareTo(priority) <= 0);
    }

    @Override
    public LogFilter filter() {
      return LogFilter.NONE.anyOf(
          priority.andAbove().stream()
              .map(FalcoPriority::word)
              .map(word -> word.substring(0, 4))
              .toList());
    }
  }

  /**
   * Alerts of rules with a tag.
   *
   * @param tag such as {@code mitre_execution}
   */
  record Tagged(String tag) implements Wanted {
    @Override
    public Optional<Boolean> is(FalcoEvent event) {
      return event.tags().map(tags -> tags.contains(tag));
    }

    @Override
    public LogFilter filter() {
      return LogFilter.NONE;
    }
  }
}
