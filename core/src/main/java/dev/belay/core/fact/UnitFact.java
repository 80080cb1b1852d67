package dev.belay.core.fact;

import dev.belay.core.remote.Sh;
import java.util.Arrays;

/**
 * How one systemd unit stands.
 *
 * @param unit full unit name, such as {@code ssh.service}
 */
public record UnitFact(String unit) implements Fact<UnitState> {

  @Override
  public String question() {
    return "systemctl show -p LoadState -p ActiveState -p UnitFileState -- " + Sh.quote(unit);
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
