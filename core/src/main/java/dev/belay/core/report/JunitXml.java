package dev.belay.core.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the XML that JUnit made common and CI servers read. */
final class JunitXml {

  private static final double MILLIS = 1000.0;

  /**
   * One test case.
   *
   * @param group what it belongs to, such as a play; may be empty
   * @param kind {@code failure}, {@code error}, {@code skipped}, or empty for one that passed
   */
  record Case(
      String group, String name, String kind, String message, String text, Duration elapsed) {}

  private JunitXml() {}

  /** Returns the document: a suite for each host. */
  static String of(String name, Map<String, List<Case>> suites, Duration elapsed) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    List<Case> all = suites.values().stream().flatMap(List::stream).toList();
    xml.append("<testsuites name=\"").append(attribute(name)).append('"');
    counts(xml, all, elapsed);
    suites.forEach((host, cases) -> suite(xml, host, cases));
    return xml.append("</testsuites>\n").toString();
  }

  private static void suite(StringBuilder xml, String host, List<Case> cases) {
    Duration elapsed = cases.stream().map(Case::elapsed).reduce(Duration.ZERO, Duration::plus);
    xml.append("  <testsuite name=\"").append(attribute(host)).append('"');
    counts(xml, cases, elapsed);
    cases.forEach(one -> one(xml, host, one));
    xml.append("  </testsuite>\n");
  }

  private static void counts(StringBuilder xml, List<Case> cases, Duration elapsed) {
    xml.append(" tests=\"").append(cases.size()).append('"');
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("failures", "failure");
    kinds.put("errors", "error");
    kinds.put("skipped", "skipped");
    kinds.forEach(
        (name, kind) ->
            xml.append(' ')
                .append(name)
                .append("=\"")
                .append(cases.stream().filter(one -> one.kind().equals(kind)).count())
                .append('"'));
    xml.append(" time=\"").append(seconds(elapsed)).append("\">\n");
  }

  private static void one(StringBuilder xml, String host, Case one) {
    String group = one.group().isEmpty() ? host : host + "." + one.group();
    xml.append("    <testcase classname=\"").append(attribute(group));
    xml.append("\" name=\"").append(attribute(one.name()));
    xml.append("\" time=\"").append(seconds(one.elapsed())).append("\">");
    if (!one.kind().isEmpty()) {
      xml.append("\n      <").append(one.kind());
      xml.append(" message=\"").append(attribute(one.message())).append("\">");
      xml.append(content(one.text())).append("</").append(one.kind()).append(">\n    ");
    } else if (!one.text().isEmpty()) {
      xml.append("\n      <system-out>").append(content(one.text())).append("</system-out>\n    ");
    }
    xml.append("</testcase>\n");
  }

  private static String seconds(Duration elapsed) {
    return String.format(Locale.ROOT, "%.3f", elapsed.toMillis() / MILLIS);
  }

  private static String attribute(String text) {
    return escaped(SafeText.line(text)).replace("\"", "&quot;");
  }

  /** What XML 1.0 cannot hold, and what hides or reorders text, is an escape here as elsewhere. */
  private static String content(String text) {
    return escaped(String.join("\n", SafeText.lines(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
