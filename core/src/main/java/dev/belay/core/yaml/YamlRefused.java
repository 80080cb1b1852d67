package dev.belay.core.yaml;

import java.util.Objects;
import java.util.OptionalInt;

/** Says why a YAML text cannot be read or edited safely, where, and what to do about it. */
public final class YamlRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String hint;
  private final int line;

  private YamlRefused(String reason, String hint, int line) {
    super((line > 0 ? "line " + line + ": " : "") + reason + "; " + hint);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.hint = Objects.requireNonNull(hint, "hint");
    this.line = line;
  }

  /** Returns a refusal that concerns the whole text. */
  public static YamlRefused of(String reason, String hint) {
    return new YamlRefused(reason, hint, 0);
  }

  /** Returns a refusal at {@code line}, counted from 1. */
  public static YamlRefused at(int line, String reason, String hint) {
    return new YamlRefused(reason, hint, line);
  }

  /** Returns what is wrong, one sentence without a full stop. */
  public String reason() {
    return reason;
  }

  /** Returns what the reader can do, one sentence without a full stop. */
  public String hint() {
    return hint;
  }

  /** Returns the line, counted from 1, where there is one to name. */
  public OptionalInt line() {
    return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
  }
}
