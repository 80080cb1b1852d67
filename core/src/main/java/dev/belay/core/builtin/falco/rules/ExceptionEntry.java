package dev.belay.core.builtin.falco.rules;

import java.util.Arrays;
import java.util.List;

/** A part of an exception: one text, or several parts. */
public sealed interface ExceptionEntry {

  /**
   * One text.
   *
   * @param text as Falco reads it
   */
  record One(String text) implements ExceptionEntry {}

  /**
   * Several parts.
   *
   * @param items in order
   */
  record Many(List<ExceptionEntry> items) implements ExceptionEntry {
    /** Copies the list. */
    public Many {
      items = List.copyOf(items);
    }
  }

  /** Returns several texts. */
  static ExceptionEntry many(String... texts) {
    return new Many(Arrays.stream(texts).<ExceptionEntry>map(One::new).toList());
  }

  /** Returns one text. */
  static ExceptionEntry one(String text) {
    return new One(text);
  }
}
