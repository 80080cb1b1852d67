package dev.belay.core.report;

/**
 * HTML text as it grows. Values only get in through {@link #text}, {@link #block} and attributes,
 * which make them safe; names of elements and attributes are constants of the report. Mutable.
 */
final class Markup {

  /** Characters of one line that are shown. */
  private static final int LINE_LIMIT = 2_000;

  private final StringBuilder html = new StringBuilder();

  /** Opens an element; attributes are pairs of name and value. */
  Markup open(String tag, String... attributes) {
    html.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"").append(safe(attributes[i + 1]));
      html.append('"');
    }
    html.append('>');
    return this;
  }

  /** Closes an element, and begins a new line so that the source can be read too. */
  Markup close(String tag) {
    html.append("</").append(tag).append(">\n");
    return this;
  }

  /** Closes an element within a line. */
  Markup end(String tag) {
    html.append("</").append(tag).append('>');
    return this;
  }

  /** Adds a value on one line; what is not visible in it becomes so. */
  Markup text(String value) {
    html.append(safe(value));
    return this;
  }

  /** Adds a value of one or more lines, with its tabs. */
  Markup block(String value) {
    String between = "";
    for (String line : value.stripTrailing().split("\r?\n", -1)) {
      html.append(between).append(escaped(SafeText.content(SafeText.cut(line, LINE_LIMIT))));
      between = "\n";
    }
    return this;
  }

  /** Adds one line of content, with its tabs. */
  Markup content(String line) {
    html.append(escaped(SafeText.content(SafeText.cut(line, LINE_LIMIT))));
    return this;
  }

  /** Adds an element around a value, on which nothing beside it has an effect. */
  Markup element(String tag, String css, String value) {
    return css.isEmpty()
        ? open(tag).text(value).end(tag)
        : open(tag, "class", css).text(value).end(tag);
  }

  /** Adds a value that hosts or playbooks chose: its direction does not reach beyond it. */
  Markup name(String value) {
    return open("bdi").text(value).end("bdi");
  }

  /** Adds what is part of the report itself and has no value in it. */
  Markup constant(String part) {
    html.append(part);
    return this;
  }

  private static String safe(String value) {
    return escaped(SafeText.line(SafeText.cut(value, LINE_LIMIT)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
