package dev.belay.core.builtin.pkg;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/**
 * Where a repository is and which part of it is meant: one {@code deb} line of sources.list(5).
 *
 * @param uri address, {@code http:}, {@code https:} or {@code file:}
 * @param suite such as {@code stable}; a path ending in {@code /} for a repository without parts
 * @param components such as {@code main}; none exactly when the suite ends in {@code /}
 */
public record AptSource(String uri, String suite, List<String> components) {

  private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._/+:~-]*";

  /** Checks all of it. */
  public AptSource {
    components = List.copyOf(components);
    checkUri(uri);
    if (!suite.matches(WORD) && !suite.matches("\\.?/") || suite.contains("..")) {
      throw refused(
          "\""
              + suite
              + "\" is no suite; one is \"stable\", \"bookworm\" or, for a flat one, \"./\"");
    }
    if (suite.endsWith("/") != components.isEmpty()) {
      throw refused(
          suite.endsWith("/")
              ? "a suite that ends in / has no components"
              : "name at least one component of suite " + suite + ", such as \"main\"");
    }
    for (String component : components) {
      if (!component.matches(WORD)) {
        throw refused("\"" + component + "\" is no component; one is \"main\"");
      }
    }
  }

  /** Returns the line that apt reads. */
  String line(String options) {
    String end = components.isEmpty() ? "" : " " + String.join(" ", components);
    return "deb " + (options.isEmpty() ? "" : "[" + options + "] ") + uri + " " + suite + end;
  }

  private static void checkUri(String uri) {
    URI parsed;
    try {
      parsed = new URI(uri);
    } catch (URISyntaxException bad) {
      throw refused("\"" + uri + "\" is no address: " + bad.getReason());
    }
    if (!Set.of("http", "https", "file").contains(String.valueOf(parsed.getScheme()))) {
      throw refused("the address must begin with https:, http: or file:, got \"" + uri + "\"");
    }
    boolean local = parsed.getScheme().equals("file");
    if (local ? !String.valueOf(parsed.getPath()).startsWith("/") : parsed.getHost() == null) {
      throw refused("\"" + uri + "\" names no " + (local ? "absolute path" : "host"));
    }
    if (parsed.getUserInfo() != null) {
      throw refused(
          "the address holds a user or password, and every user of the host can read apt's sources;"
              + " put it into a file in /etc/apt/auth.conf.d with mode 0600");
    }
    if (parsed.getQuery() != null || parsed.getFragment() != null || uri.matches(".*[\\[\\]].*")) {
      throw refused("\"" + uri + "\" has a query, fragment or bracket, which apt cannot use");
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("not an apt repository: " + why);
  }
}
