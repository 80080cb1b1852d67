package dev.belay.core.fact.object;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What kubectl printed when it did not succeed. Pure.
 *
 * @param exit its status; 126 and 127 when it could not be run
 * @param text what it printed, in one line
 */
record KubectlAnswer(int exit, String text) {

  /** What only a mistake in the kubeconfig or in the rights brings about. */
  private static final List<String> LASTING =
      List.of("(Forbidden)", "(Unauthorized)", "x509:", "could not find the requested resource");

  static KubectlAnswer of(Answer answer) {
    String text = answer.text().isBlank() ? answer.err() : answer.text();
    return new KubectlAnswer(answer.exit(), text.strip().replace("\n", "; "));
  }

  /** Takes the answers of {@code b_objects} apart: a line {@code STATUS LENGTH}, and the bytes. */
  static List<Answer> split(Answer together, int count) {
    List<Answer> answers = new ArrayList<>();
    byte[] out = together.out();
    int at = 0;
    while (at < out.length) {
      int end = at;
      while (out[end] != '\n') {
        end++;
      }
      String[] head = new String(out, at, end - at, StandardCharsets.US_ASCII).split(" ");
      at = end + 1 + Integer.parseInt(head[1]);
      answers.add(
          new Answer(
              Integer.parseInt(head[0]), Arrays.copyOfRange(out, end + 1, at), together.err()));
    }
    while (answers.size() < count) {
      answers.add(new Answer(Math.max(1, together.exit()), new byte[0], together.err()));
    }
    return answers;
  }

  /** Returns the JSON that was printed; warnings of kubectl may stand around it. */
  static String json(Answer answer) {
    return answer
        .text()
        .lines()
        .filter(line -> line.startsWith("{"))
        .reduce((before, last) -> last)
        .orElse("");
  }

  /** Tells whether there is no such object, in a cluster that knows its kind. */
  boolean saysThatItIsMissing() {
    return text.contains("(NotFound)") && LASTING.stream().noneMatch(text::contains);
  }

  /**
   * Returns why it is not known: not yet, where the API server is away or kubectl is not there, and
   * not at all where it refuses.
   */
  RuntimeException failure(String what) {
    if (LASTING.stream().anyMatch(text::contains)) {
      return new FailedFactException(
          what + ": " + text,
          "see that the kubeconfig is one of an administrator of this very cluster, and that the"
              + " cluster serves this kind of objects");
    }
    return new UnknownFactException(what + " (" + text + ")");
  }
}
