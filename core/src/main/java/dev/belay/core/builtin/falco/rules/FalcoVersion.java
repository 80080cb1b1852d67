package dev.belay.core.builtin.falco.rules;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Falco.
 *
 * @param major such as 0
 * @param minor such as 40
 * @param patch such as 2
 * @param engine version of its rules engine, as it prints it; empty when it does not
 */
public record FalcoVersion(int major, int minor, int patch, Optional<String> engine)
    implements Comparable<FalcoVersion> {

  /** The first that knows {@code override}: falcosecurity/falco CHANGELOG, 0.37.0. */
  private static final FalcoVersion OVERRIDE = of(0, 37);

  private static final FalcoVersion DRY_RUN = of(0, 35);

  /** Another program, a linter of Fastly, prints {@code falco version 2.3.0}. */
  private static final Pattern PRINTED =
      Pattern.compile("(?m)^(?:.*: )?Falco version: v?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

  private static final Pattern PACKAGE =
      Pattern.compile("(?:\\d+:)?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(?!\\d).*");
  private static final Pattern ENGINE = Pattern.compile("(?m)^Engine:\\s+(\\d[\\d.]*)");

  /** Returns a version whose patch and engine do not matter. */
  public static FalcoVersion of(int major, int minor) {
    return new FalcoVersion(major, minor, 0, Optional.empty());
  }

  /** Returns the version that {@code falco --version} prints, also among lines of its log. */
  public static Optional<FalcoVersion> printed(String output) {
    Matcher engine = ENGINE.matcher(output);
    Optional<String> found = engine.find() ? Optional.of(engine.group(1)) : Optional.empty();
    Matcher version = PRINTED.matcher(output);
    return version.find() ? Optional.of(of(version, found)) : Optional.empty();
  }

  /** Returns the version of a Debian package such as {@code 0.44.1}. */
  public static Optional<FalcoVersion> ofPackage(String text) {
    Matcher version = PACKAGE.matcher(text);
    return version.matches() ? Optional.of(of(version, Optional.empty())) : Optional.empty();
  }

  private static FalcoVersion of(Matcher version, Optional<String> engine) {
    return new FalcoVersion(
        Integer.parseInt(version.group(1)),
        Integer.parseInt(version.group(2)),
        Integer.parseInt(version.group(3)),
        engine);
  }

  /** Tells whether rules may be changed by {@code override}. */
  public boolean knowsOverride() {
    return compareTo(OVERRIDE) >= 0;
  }

  /** Tells whether there is {@code --dry-run}. */
  public boolean knowsDryRun() {
    return compareTo(DRY_RUN) >= 0;
  }

  @Override
  public int compareTo(FalcoVersion other) {
    return Comparator.comparingInt(FalcoVersion::major)
        .thenComparingInt(FalcoVersion::minor)
        .thenComparingInt(FalcoVersion::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
