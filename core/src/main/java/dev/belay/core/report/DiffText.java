package dev.belay.core.report;

import dev.belay.core.change.Diff;
import dev.belay.core.remote.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Renders differences as text: unified diffs of content, one line for other values. Pure. Shows
 * nothing of secret content, not even its size.
 */
public final class DiffText {

  /** Content of more bytes than this is not shown but by size and digest: 1 MiB. */
  public static final int CONTENT_LIMIT = 1 << 20;

  /** What a row of a rendered difference is; a console colours by it. */
  public enum Kind {
    /** Names the content before or after: {@code --- before: /etc/hosts}. */
    FILE,
    /** Tells where a hunk lies: {@code @@ -1,3 +1,4 @@}. */
    HUNK,
    /** A line that goes, after a minus sign. */
    REMOVED,
    /** A line that comes, after a plus sign. */
    ADDED,
    /** A line that stays, after a space. */
    CONTEXT,
    /** Says that the line above ends the content without a line feed. */
    NO_NEWLINE,
    /** A remark of the report itself. */
    NOTE,
    /** A value before and after: {@code mode: 0644 -> 0600}. */
    VALUE
  }

  /**
   * One row.
   *
   * @param kind what it is
   * @param text its text as it is, with control characters if the content has any, without the line
   *     feed at its end; a carriage return before that is part of the text
   */
  public record Row(Kind kind, String text) {}

  private DiffText() {}

  /**
   * Returns the rows of a difference. Those of a text are a diff that {@code patch(1)} accepts.
   * Rows are neither shortened nor made safe for a terminal; {@link ConsoleReport} does both.
   */
  public static List<Row> rows(Diff diff) {
    if (diff instanceof Diff.Line line) {
      return List.of(
          new Row(Kind.VALUE, line.subject() + ": " + line.before() + " -> " + line.after()));
    }
    Diff.Text text = (Diff.Text) diff;
    return switch (View.of(text)) {
      case SECRET -> note(text.subject() + ": (secret content changes)");
      case SAME -> note(text.subject() + ": (same content)");
      case BINARY -> sizes(text, "binary");
      case LARGE -> sizes(text, "large");
      case UNIFIED -> unified(text);
    };
  }

  /** How the two contents of a text can be shown. */
  enum View {
    SECRET,
    SAME,
    BINARY,
    LARGE,
    UNIFIED;

    static View of(Diff.Text text) {
      if (any(text, Content::secret)) {
        return SECRET;
      }
      if (text.before().equals(text.after())) {
        return SAME;
      }
      if (any(text, content -> content.size() > CONTENT_LIMIT)) {
        return LARGE;
      }
      return any(text, content -> content.text().isEmpty()) ? BINARY : UNIFIED;
    }

    private static boolean any(Diff.Text text, java.util.function.Predicate<Content> test) {
      return text.before().filter(test).isPresent() || text.after().filter(test).isPresent();
    }
  }

  private static List<Row> note(String text) {
    return List.of(new Row(Kind.NOTE, text));
  }

  private static List<Row> sizes(Diff.Text text, String why) {
    return List.of(
        new Row(Kind.NOTE, text.subject() + ": (" + why + " content, not shown)"),
        new Row(Kind.REMOVED, "- " + size(text.before())),
        new Row(Kind.ADDED, "+ " + size(text.after())));
  }

  private static String size(Optional<Content> content) {
    return content
        .map(c -> String.format(Locale.ROOT, "%,d bytes, sha256 %s", c.size(), c.sha256()))
        .orElse("(absent)");
  }

  private static List<Row> unified(Diff.Text text) {
    LineDiff diff = LineDiff.of(content(text.before()), content(text.after()));
    List<Row> rows = new ArrayList<>();
    if (diff.coarse()) {
      rows.add(new Row(Kind.NOTE, "(too different to compare line by line: shown as a whole)"));
    }
    rows.add(new Row(Kind.FILE, "--- before: " + name(text, text.before())));
    rows.add(new Row(Kind.FILE, "+++ after: " + name(text, text.after())));
    diff.hunks().forEach(line -> add(rows, line));
    if (diff.hunks().isEmpty()) {
      rows.add(new Row(Kind.NOTE, "(empty file)"));
    }
    return rows;
  }

  private static String content(Optional<Content> content) {
    return content.flatMap(Content::text).orElse("");
  }

  private static String name(Diff.Text text, Optional<Content> content) {
    return content.isPresent() ? SafeText.line(text.subject()) : "(absent)";
  }

  private static void add(List<Row> rows, String line) {
    boolean ended = line.endsWith("\n");
    Kind kind = kind(line);
    rows.add(new Row(kind, ended ? line.substring(0, line.length() - 1) : line));
    if (!ended && kind != Kind.HUNK) {
      rows.add(new Row(Kind.NO_NEWLINE, "\\ No newline at end of file"));
    }
  }

  private static Kind kind(String line) {
    return switch (line.charAt(0)) {
      case '@' -> Kind.HUNK;
      case '-' -> Kind.REMOVED;
      case '+' -> Kind.ADDED;
      default -> Kind.CONTEXT;
    };
  }
}
