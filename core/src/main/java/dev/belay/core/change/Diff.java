package dev.belay.core.change;

import dev.belay.core.remote.Content;
import java.util.Optional;

/** One difference that a change makes, for people to read; rendering is the report's work. */
public sealed interface Diff {

  /**
   * Content of a file before and after. Where a file is there whose content is not known, a {@link
   * Line} tells what is known of it instead, unless the known side is secret.
   *
   * @param subject what changes, usually a path
   * @param before content before; empty when there was no file
   * @param after content after; empty when the file goes
   */
  record Text(String subject, Optional<Content> before, Optional<Content> after) implements Diff {}

  /**
   * A single value before and after, such as a mode or the state of a unit.
   *
   * @param subject what changes
   * @param before value before
   * @param after value after
   */
  record Line(String subject, String before, String after) implements Diff {}
}
