package dev.belay.core.journal;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The two records of a journal as JSON text. */
final class JournalJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JournalJson() {}

  static String write(Object record) {
    return MAPPER.writeValueAsString(record);
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException broken) {
      throw new JournalUnreadableException(
          "a journal of the host cannot be read: " + broken.getOriginalMessage(),
          "it was written by another version, or damaged; look into it under /var/lib/belay");
    }
  }
}
