package dev.belay.core.builtin.kube.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The lines that are shown as evidence: the first two and the last one, told from their fields. A
 * line is not shown as it stands in the log, since at the levels Request and RequestResponse it
 * holds bodies, such as secrets; the auditID finds it there.
 */
public final class Evidence {

  private static final int FIRST = 2;
  private static final int LENGTH = 1000;

  private final List<String> first = new ArrayList<>();
  private Supplier<String> last;

  Evidence() {}

  /** Notes an event; all but a few are forgotten again. */
  void add(AuditEvent event) {
    add(() -> line(event));
  }

  void add(String line) {
    add(() -> line);
  }

  private void add(Supplier<String> line) {
    if (first.size() < FIRST) {
      first.add(line.get());
    } else {
      last = line;
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(first);
    if (last != null) {
      lines.add(last.get());
    }
    return lines;
  }

  private static String line(AuditEvent event) {
    AuditEvent.Who who = event.who();
    AuditEvent.ObjectRef object = event.object();
    String line =
        event.outcome().time().map(time -> time + " ").orElse("")
            + event.verb()
            + " "
            + object.resource()
            + (object.subresource().isEmpty() ? "" : "/" + object.subresource())
            + (object.name().isEmpty() ? "" : " " + object.name())
            + " by "
            + who.actor()
            + who.impersonated().map(as -> " (logged in as " + who.user() + ")").orElse("")
            + " from "
            + (who.address().isEmpty() ? Grant.UNKNOWN : who.address())
            + ", auditID "
            + event.auditId();
    return line.length() > LENGTH ? line.substring(0, LENGTH) + "…" : line;
  }
}
