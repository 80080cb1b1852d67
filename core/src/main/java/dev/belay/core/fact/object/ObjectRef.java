package dev.belay.core.fact.object;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One object of a cluster, by a name that its kind can have: nothing in it is ever read as another
 * path, or by a shell.
 *
 * @param kind what it is
 * @param namespace where it lies; empty for kinds without
 * @param name its name
 */
public record ObjectRef(ObjectKind kind, Optional<String> namespace, String name)
    implements Comparable<ObjectRef> {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  /**
   * Names of roles and bindings are looser: any one segment of a path (Kubernetes,
   * ValidatePathSegmentName). Control characters, which it allows, are refused here.
   */
  private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}$)[^/%\\p{Cntrl}]{1,253}");

  /** Checks the names. */
  public ObjectRef {
    if (kind.namespaced() != namespace.isPresent()) {
      throw new IllegalArgumentException(
          kind + (kind.namespaced() ? " needs a namespace" : " lies in no namespace"));
    }
    if (!namespace.map(text -> LABEL.matcher(text).matches()).orElse(true)) {
      throw new IllegalArgumentException("no name of a namespace: \"" + namespace.get() + "\"");
    }
    if (!(kind.rbac() ? SEGMENT : SUBDOMAIN).matcher(name).matches()) {
      throw new IllegalArgumentException("no name of a " + kind + ": \"" + name + "\"");
    }
  }

  /**
   * Names an object in a namespace.
   *
   * @throws IllegalArgumentException when no object of that kind can have these names
   */
  public static ObjectRef of(ObjectKind kind, String namespace, String name) {
    return new ObjectRef(kind, Optional.of(namespace), name);
  }

  /**
   * Names an object without a namespace.
   *
   * @throws IllegalArgumentException when no object of that kind can have this name
   */
  public static ObjectRef of(ObjectKind kind, String name) {
    return new ObjectRef(kind, Optional.empty(), name);
  }

  /** Returns the path of the object in the API, escaped as URLs are. */
  public String path() {
    return collection() + "/" + escaped(name);
  }

  /** Returns the path where objects of its kind and namespace are made. */
  public String collection() {
    return kind.collection(namespace);
  }

  private static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || isMark(c);
      text.append(plain ? String.valueOf(c) : String.format(java.util.Locale.ROOT, "%%%02X", b));
    }
    return text.toString();
  }

  private static boolean isMark(char c) {
    return c == '-' || c == '.' || c == '_' || c == ':';
  }

  @Override
  public int compareTo(ObjectRef other) {
    return Comparator.comparing((ObjectRef ref) -> ref.kind().kind())
        .thenComparing(ref -> ref.namespace().orElse(""))
        .thenComparing(ObjectRef::name)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return kind + " " + namespace.map(text -> text + "/").orElse("") + name;
  }
}
