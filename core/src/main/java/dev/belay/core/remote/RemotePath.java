package dev.belay.core.remote;

import java.util.Objects;

/**
 * An absolute path on a target host, in normal form.
 *
 * <p>Any byte but NUL may stand in a name, as on the host itself; {@code .}, {@code ..}, repeated
 * and trailing slashes may not, so that two equal paths name one place.
 *
 * @param value the path, starting with {@code /}
 */
public record RemotePath(String value) implements Comparable<RemotePath> {

  /** Checks the form of the path. */
  public RemotePath {
    Objects.requireNonNull(value, "path");
    if (!value.startsWith("/")) {
      throw new IllegalArgumentException(
          "a path on a host must be absolute, got \"" + value + "\"; begin it with /");
    }
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a path cannot hold a NUL byte: \"" + value + "\"");
    }
    value = withoutExtraSlashes(value);
    for (String name : value.split("/")) {
      if (name.equals(".") || name.equals("..")) {
        throw new IllegalArgumentException(
            "write the path without \"" + name + "\": \"" + value + "\"");
      }
    }
  }

  /** Returns the path written as {@code value}; refuses relative paths. */
  public static RemotePath of(String value) {
    return new RemotePath(value);
  }

  /** Returns the directory that holds this path; the root is its own parent. */
  public RemotePath parent() {
    int slash = value.lastIndexOf('/');
    return new RemotePath(slash <= 0 ? "/" : value.substring(0, slash));
  }

  /** Returns the last name of the path, empty for the root. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** Returns the path of {@code name} inside this directory. */
  public RemotePath resolve(String name) {
    return new RemotePath(value.equals("/") ? "/" + name : value + "/" + name);
  }

  /** Tells whether this path is {@code directory} or lies below it. */
  public boolean isWithin(RemotePath directory) {
    return equals(directory)
        || directory.value.equals("/")
        || value.startsWith(directory.value + "/");
  }

  @Override
  public int compareTo(RemotePath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static String withoutExtraSlashes(String path) {
    String single = path.replaceAll("/{2,}", "/");
    return single.length() > 1 && single.endsWith("/")
        ? single.substring(0, single.length() - 1)
        : single;
  }
}
