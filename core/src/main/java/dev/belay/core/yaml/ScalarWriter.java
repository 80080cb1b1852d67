package dev.belay.core.yaml;

import dev.belay.core.yaml.YamlNode.Style;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes scalars so that YAML 1.1 and 1.2 readers alike read back the same value and type. */
final class ScalarWriter {
  /** Words that some reader takes for a boolean, null or number; compared in lower case. */
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");

  /** Harmless characters only, none of the indicators of a flow collection among them. */
  private static final Pattern HARMLESS =
      Pattern.compile("(?!---)[A-Za-z0-9/_$.-][A-Za-z0-9/_$.=:,;@+%~*()<>^?&!-]*");

  /** Fine in a block; older readers stumble over them within brackets. */
  private static final Pattern NOT_IN_FLOW = Pattern.compile("[,:?]");

  /** Anything like a number, a time or a date in any YAML version; wider than needed. */
  private static final Pattern NUMBER_LIKE =
      Pattern.compile("[-+.]*[0-9_][0-9A-Fa-fxXoOTtZzpP_.:+-]*|[-+.]*(inf|nan|NaN|Inf|INF|NAN)?");

  private static final Resolver YAML_1_1 = new Resolver();

  private ScalarWriter() {}

  /**
   * Returns the text of {@code value}.
   *
   * @param like the style to follow where the value allows it
   * @param flow whether it stands in brackets or braces
   */
  static String write(YamlScalar value, Style like, boolean flow) {
    if (!(value instanceof YamlScalar.Text)) {
      return value.text();
    }
    String text = value.text();
    if (like == Style.SINGLE_QUOTED && printableOnOneLine(text)) {
      return "'" + text.replace("'", "''") + "'";
    }
    boolean plain = like != Style.DOUBLE_QUOTED && like != Style.SINGLE_QUOTED;
    return plain && plainIsSafe(text, flow) ? text : doubleQuoted(text);
  }

  private static boolean plainIsSafe(String text, boolean flow) {
    return HARMLESS.matcher(text).matches()
        && !text.endsWith(":")
        && !(text.startsWith("-") && text.length() == 1)
        && !(flow && NOT_IN_FLOW.matcher(text).find())
        && !NUMBER_LIKE.matcher(text).matches()
        && !WORDS.contains(text.toLowerCase(Locale.ROOT))
        && YAML_1_1.resolve(NodeId.scalar, text, true).equals(Tag.STR);
  }

  private static boolean printableOnOneLine(String text) {
    return text.codePoints().allMatch(ScalarWriter::isPrintable);
  }

  private static boolean isPrintable(int c) {
    boolean latin = c >= 0x20 && c <= 0x7E;
    boolean other = c >= 0xA0 && c <= 0xFFFD && c != 0x2028 && c != 0x2029 && c != 0xFEFF;
    return latin || other || c >= 0x10000;
  }

  private static String doubleQuoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> quoted.append(escaped(c)));
    return quoted.append('"').toString();
  }

  private static String escaped(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> isPrintable(c) ? Character.toString(c) : String.format("\\u%04X", c);
    };
  }
}
