package dev.belay.core.fact;

import dev.belay.core.remote.Sh;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How one systemd unit stands.
 *
 * @param unit full unit name, such as {@code ssh.service}
 */
public record UnitFact(String unit) implements GroupedFact<UnitState> {

  @Override
  public String question() {
    return questionOfAll(List.of(this));
  }

  @Override
  public String questionOfAll(List<? extends GroupedFact<?>> all) {
    return "systemctl show -p LoadState -p ActiveState -p UnitFileState -- "
        + Sh.words(all.stream().map(fact -> ((UnitFact) fact).unit()).toList());
  }

  /** Each unit is a paragraph; should systemctl print another number of them, all have failed. */
  @Override
  public List<Answer> split(Answer together, int count) {
    String[] paragraphs = together.text().strip().split("\n\n");
    boolean whole = together.exit() == 0 && paragraphs.length == count;
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                whole
                    ? new Answer(0, paragraphs[i].getBytes(StandardCharsets.UTF_8), "")
                    : new Answer(Math.max(1, together.exit()), together.out(), together.err()))
        .toList();
  }

  @Override
  public UnitState parse(Answer answer) {
    if (answer.exit() != 0) {
      throw new FailedFactException(
          "systemctl show " + unit + " ended with " + answer.exit() + ": " + answer.err(),
          "services are managed through systemd; check that the host runs it");
    }
    return new UnitState(
        property(answer, "LoadState"),
        property(answer, "ActiveState"),
        property(answer, "UnitFileState"));
  }

  private static String property(Answer answer, String name) {
    return Arrays.stream(answer.text().split("\n"))
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  @Override
  public String toString() {
    return "unit " + unit;
  }
}
