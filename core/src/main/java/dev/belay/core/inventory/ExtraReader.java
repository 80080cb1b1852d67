package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.inventory.Draft.Place;
import dev.belay.core.inventory.Draft.Var;
import java.nio.charset.StandardCharsets;

/**
 * Reads variables that are given for a run.
 *
 * <p>Source: ansible/ansible lib/ansible/utils/vars.py ({@code load_extra_vars}) of 2.14.
 */
final class ExtraReader {

  private static final String WRITE = "write name=value, '{name: value}', or @file.yaml";

  private final ExtraText text;
  private final Draft draft;

  ExtraReader(ExtraText text, Draft draft) {
    this.text = text;
    this.draft = draft;
  }

  void read() {
    if (text.yaml()) {
      VarsReader.read(text.name(), text.content(), draft, draft.extras);
    } else {
      readWords();
    }
  }

  private void readWords() {
    Place place = new Place(text.name(), Position.START);
    String given = new String(text.content(), StandardCharsets.UTF_8);
    VarChecks checks = new VarChecks(draft);
    for (String word : ExtraWords.split(given, place)) {
      int equals = ExtraWords.equalsSign(word);
      if (equals < 1 || word.substring(0, equals).isBlank()) {
        throw place.wrong("\"" + word + "\" gives no variable a value", advice(word));
      }
      String name = word.substring(0, equals).strip();
      String value = ExtraWords.unquoted(word.substring(equals + 1).strip());
      draft.extras.put(name, new Var(place, checks.plain(name, value, value, place)));
    }
  }

  private static String advice(String word) {
    return word.startsWith("/") || word.startsWith(".")
        ? "put @ before the name of a file: -e @" + word
        : WRITE;
  }
}
