package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.AccessFact;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectListFact;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.remote.Content;

/** What the changes of a cluster's objects have in common. */
final class ObjectChanges {

  private ObjectChanges() {}

  static void checkUid(ObjectContent live) {
    if (!live.uid().matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("no identity of an object: \"" + live.uid() + "\"");
    }
  }

  /** The object comes by way of a variable, which {@code ps} does not show. */
  static String given(ObjectContent object) {
    return "B_OBJECT='" + Content.of(asServed(object.json())).base64() + "'\n";
  }

  /** JSON as the API server prints it, in Go, which escapes what HTML and JavaScript mind. */
  private static String asServed(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static boolean makesPods(ObjectRef ref) {
    return ref.kind().group().equals("apps");
  }

  /**
   * Who may do what depends on roles and bindings; lists hold what is in them, those of pods also
   * what workloads make.
   */
  static Facts effect(Facts facts, ObjectRef ref, String summary) {
    return facts.doubting(
        (fact, value) ->
            fact instanceof AccessFact && ref.kind().rbac()
                || fact instanceof ObjectListFact list
                    && (list.holds(ref) || makesPods(ref) && list.kind().equals(ObjectKind.POD)),
        summary + " comes before");
  }
}
