package dev.belay.core.builtin.health;

import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.fact.ProcessFact;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import dev.belay.core.step.HealthCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Conditions that any host can be asked about. Each is waited for until it holds or the time is
 * over; what cannot be seen at all does not hold.
 *
 * <p>Whether one of them held before the block is noted, except of {@link #newLogin} and {@link
 * #fileGrows}; after an undo those that did are waited for again.
 */
public final class HostHealth {

  private static final int STABLE_SECONDS = 3;
  private static final String TEXT_OF_URL = "https?://[^\\s/?#]+[^\\s]*";

  private HostHealth() {}

  /**
   * Returns the condition that a command ends with status 0. It is run again and again, and once
   * before the block, so it must only look.
   */
  public static HealthCondition commandSucceeds(String program, String... arguments) {
    List<String> words = words(program, arguments);
    return asBefore(
        "command " + String.join(" ", words) + " succeeds", 0, "b_succeeds " + Sh.words(words), "");
  }

  /**
   * Returns the condition that the host gets an answer from an address, by curl or else wget. The
   * server's certificate is not judged, and no redirection is followed.
   *
   * @param url begins with {@code https://} or {@code http://}
   * @param status the HTTP status of the answer, from 100 to 599; empty for any from 200 to 299
   */
  public static HealthCondition httpsAnswers(String url, OptionalInt status) {
    if (!url.matches(TEXT_OF_URL)) {
      throw new IllegalArgumentException("not the URL of a web server: \"" + url + "\"");
    }
    if (status.orElse(200) < 100 || status.orElse(200) > 599) {
      throw new IllegalArgumentException("not an HTTP status: " + status.getAsInt());
    }
    String pattern = status.isPresent() ? Integer.toString(status.getAsInt()) : "2??";
    return asBefore(
        url + " answers" + (status.isPresent() ? " with status " + pattern : ""),
        0,
        "b_answers " + Sh.quote(url) + " " + Sh.quote(pattern),
        "");
  }

  /**
   * Returns the condition that one process of this name has all these words on its command line,
   * and stays the same process for three seconds.
   *
   * @param name of the program, without a directory
   * @param words such as {@code --profiling=false}, which {@code --profiling false} fulfils too
   */
  public static HealthCondition processRuns(String name, String... words) {
    List<String> all = words(name, words);
    for (String word : all) {
      if (word.isEmpty() || word.startsWith("!") || word.contains("\n")) {
        throw new IllegalArgumentException("no word of a command line: \"" + word + "\"");
      }
    }
    List<String> arguments = new ArrayList<>(all);
    arguments.set(0, ProcessFact.of(name).name());
    return asBefore(
        "process " + String.join(" ", all) + " runs",
        STABLE_SECONDS,
        "b_process_runs " + Sh.words(arguments),
        "");
  }

  /**
   * Returns the condition that a file holds more than before the block, or is a new one that holds
   * something, as after a rotation.
   */
  public static HealthCondition fileGrows(RemotePath path) {
    return new HealthCondition(
        "file " + path + " grows",
        "b_note_size " + Sh.quote(path),
        "B_WAS=; b_steady 0 b_grows " + Sh.quote(path),
        "",
        "tail -n 5 -- " + Sh.quote(path));
  }

  /**
   * Returns the condition that all these units are active, and stay so for three seconds without
   * being started again. Gives up at once on a unit that has failed or is not there.
   */
  public static HealthCondition unitActive(String unit, String... more) {
    List<String> names =
        words(unit, more).stream().flatMap(name -> UnitNames.of(name).names().stream()).toList();
    StringBuilder said = new StringBuilder();
    names.forEach(name -> said.append("b_unit_said ").append(Sh.quote(name)).append("\n"));
    return asBefore(
        (names.size() == 1 ? "unit " : "units ")
            + String.join(", ", names)
            + (names.size() == 1 ? " is" : " are")
            + " active",
        STABLE_SECONDS,
        "b_units_active " + Sh.words(names),
        said.toString().strip());
  }

  /**
   * Returns the condition that a new login works. A guard asks nothing but over a new login, so it
   * holds by being asked; it is here to be said.
   */
  public static HealthCondition newLogin() {
    return HealthCondition.of("a new login works", ":");
  }

  private static HealthCondition asBefore(String text, int stable, String look, String diagnose) {
    return new HealthCondition(
        text,
        "b_note_held " + look,
        "b_steady " + stable + " " + look,
        "b_held_again " + stable + " " + look,
        diagnose);
  }

  private static List<String> words(String first, String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.add(0, first);
    if (first.isBlank()) {
      throw new IllegalArgumentException("a health condition needs something to look at");
    }
    return List.copyOf(words);
  }
}
