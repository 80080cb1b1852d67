package dev.belay.core.fact;

import dev.belay.core.remote.Sh;
import java.util.Optional;

/**
 * How one Debian package stands. The candidate is asked for only when the package is not installed.
 *
 * @param name package name, such as {@code falco}
 */
public record PackageFact(String name) implements Fact<PackageState> {

  @Override
  public String question() {
    return "b_package " + Sh.quote(name);
  }

  @Override
  public PackageState parse(Answer answer) {
    if (answer.exit() != 0) {
      throw new FailedFactException(
          "cannot ask dpkg about " + name + ": " + answer.err(),
          "packages are managed by dpkg and apt; this host seems to have neither");
    }
    String[] lines = answer.text().split("\n", -1);
    return new PackageState(present(lines[0]), present(lines[1]), lines[2].equals("fresh"));
  }

  private static Optional<String> present(String line) {
    return line.isEmpty() || line.equals("(none)") ? Optional.empty() : Optional.of(line);
  }

  @Override
  public String toString() {
    return "package " + name;
  }
}
