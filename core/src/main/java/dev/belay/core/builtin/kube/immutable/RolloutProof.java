package dev.belay.core.builtin.kube.immutable;

import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.remote.Sh;
import dev.belay.core.step.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The proof that new pods run and that nobody can write to the root of their containers, but to
 * each of the paths that stay writable: by writing. The kernel says EROFS of a read-only mount
 * before it looks at owners and modes, so that the proof holds for any user.
 *
 * @param kubectl by which credentials
 * @param ref the workload, or a pod of its own
 * @param selector labels of its pods as kubectl takes them; empty for a pod
 * @param written the paths that are written to, by container
 * @param within longest time
 */
record RolloutProof(
    Kubectl kubectl,
    ObjectRef ref,
    String selector,
    Map<String, List<String>> written,
    Duration within) {

  private static final int SUBJECT = 80;

  Health health() {
    String subject = "immutable " + what().replace('/', ' ');
    return new Health(
        subject.substring(0, Math.min(SUBJECT, subject.length())),
        "new pods of "
            + ref
            + " are ready, a write to the root of their containers fails with EROFS, and one to each"
            + " writable path succeeds, within "
            + within.toSeconds()
            + " s",
        call("b_immutable", words()),
        call("b_immutable_diagnose", List.of()),
        call("b_immutable", List.of()),
        within);
  }

  private String what() {
    return ref.kind().kind().toLowerCase(Locale.ROOT) + "/" + ref.name();
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    written.forEach(
        (container, paths) -> {
          words.add("-c");
          words.add(container);
          words.addAll(paths);
        });
    return words;
  }

  private String call(String function, List<String> more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                kubectl.kubeconfig().value(),
                ref.namespace().orElseThrow(),
                what(),
                selector,
                Long.toString(within.toSeconds())));
    words.addAll(more);
    return function + " " + Sh.words(words);
  }

  /** Returns a label selector as {@code kubectl -l} takes it. */
  static String selector(JsonNode selector) {
    List<String> terms = new ArrayList<>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(label -> terms.add(label.getKey() + "=" + label.getValue().asString("")));
    for (JsonNode term : selector.path("matchExpressions")) {
      String key = term.path("key").asString("");
      String values =
          term.path("values")
              .valueStream()
              .map(value -> value.asString(""))
              .collect(Collectors.joining(","));
      switch (term.path("operator").asString("")) {
        case "In" -> terms.add(key + " in (" + values + ")");
        case "NotIn" -> terms.add(key + " notin (" + values + ")");
        case "Exists" -> terms.add(key);
        default -> terms.add("!" + key);
      }
    }
    return String.join(",", terms);
  }
}
