package dev.belay.core.inventory;

import java.nio.charset.StandardCharsets;

/**
 * Variables that are given for a run and win over all others, as one option {@code -e} has them.
 *
 * @param name what it is called in messages: {@code -e}, or the file's name
 * @param content the text in UTF-8
 * @param yaml whether it is YAML or JSON; else it is words {@code name=value}
 */
public record ExtraText(String name, byte[] content, boolean yaml) {

  /**
   * Returns what stands on the command line itself: YAML or JSON where it begins with a bracket,
   * else words {@code name=value} with Ansible's quoting.
   */
  public static ExtraText given(String text) {
    boolean yaml = text.startsWith("{") || text.startsWith("[");
    return new ExtraText("-e", text.getBytes(StandardCharsets.UTF_8), yaml);
  }

  /** Returns the content of a file, which is YAML or JSON. */
  public static ExtraText file(String name, byte[] content) {
    return new ExtraText(name, content, true);
  }
}
