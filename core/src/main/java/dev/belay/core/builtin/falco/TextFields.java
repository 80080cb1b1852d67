package dev.belay.core.builtin.falco;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the fields about the container in the text of an alert: {@code message (key=value …)} with
 * or without a suffix until Falco 0.40, {@code message | key=value …} since 0.41.
 *
 * <p>The command line in the same text is chosen by the attacker and may hold {@code
 * container_name=…} as well. Falco puts the fields of the container before all such text, or after
 * it with the id first; what stands elsewhere is not believed, nor is what contradicts itself. JSON
 * lines cannot be forged in this way.
 */
final class TextFields {

  private static final Pattern FREE_TEXT =
      Pattern.compile(
          "(?<=[ (])(?:p?command|p?cmdline|proc_cmdline|file|fd\\.name|name|path|oldpath|program|process|exe|proc_exepath|shell|parent)=");

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{12}|host");

  private record Found(int at, String value) {}

  private final String text;
  private final int freeText;
  private final int lastId;

  private TextFields(String text) {
    this.text = text;
    Matcher free = FREE_TEXT.matcher(text);
    freeText = free.find() ? free.start() : text.length();
    List<Found> ids = all("container_id");
    lastId = ids.isEmpty() ? -1 : ids.get(ids.size() - 1).at();
  }

  static ContainerFields of(String text) {
    TextFields fields = new TextFields(text);
    return new ContainerFields(
        fields.id(),
        fields.value("container_name"),
        fields.value("k8s.ns", "k8s_ns", "k8s_ns_name", "k8s.ns.name"),
        fields.value("k8s.pod", "k8s_pod_name", "k8s_pod", "k8s.pod.name"));
  }

  /** -pk of old versions prints container=ID, and %container.info without it NAME (id=ID). */
  private String id() {
    return agreed(
        all("container_id", "container", "id").stream()
            .filter(found -> HEX.matcher(found.value()).matches())
            .toList());
  }

  private String value(String... keys) {
    List<Found> all = all(keys);
    boolean forged =
        !all.isEmpty()
            && all.get(all.size() - 1).at() > freeText
            && all.get(all.size() - 1).at() < lastId;
    return forged ? "" : agreed(all);
  }

  /** The last one counts, unless one before all free text says something else. */
  private String agreed(List<Found> all) {
    if (all.isEmpty()) {
      return "";
    }
    Found last = all.get(all.size() - 1);
    boolean contradicted =
        all.stream().anyMatch(one -> one.at() < freeText && !one.value().equals(last.value()));
    return contradicted || last.value().equals("<NA>") ? "" : last.value();
  }

  private List<Found> all(String... keys) {
    List<Found> found = new ArrayList<>();
    for (int at = 0; at < text.length(); at++) {
      for (String key : keys) {
        if (begins(at, key)) {
          int start = at + key.length() + 1;
          found.add(new Found(at, text.substring(start, end(start))));
        }
      }
    }
    return found;
  }

  private boolean begins(int at, String key) {
    return text.startsWith(key, at)
        && at + key.length() < text.length()
        && text.charAt(at + key.length()) == '='
        && (at == 0 || text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '(');
  }

  private int end(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != ')') {
      end++;
    }
    return end;
  }
}
