package dev.belay.core.builtin.falco.rules;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one condition, by the grammar in falcosecurity/libs userspace/libsinsp/filter/parser.h;
 * used once. Which fields there are, and of which type, only Falco knows.
 */
final class ConditionParser {

  private static final int MAX_DEPTH = 200;
  private static final Pattern BLANK = Pattern.compile("[ \\t\\r\\n\\f]+");
  private static final Pattern FIELD =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*(?:\\.[a-zA-Z][a-zA-Z0-9_]*)+");
  private static final Pattern FUNCTION = Pattern.compile("[a-z][a-z0-9_]*\\(");
  private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");
  private static final Pattern BARE = Pattern.compile("[^()\"'\\s=,]+");
  private static final Pattern NOT = Pattern.compile("not(?=[\\s(])\\s*");
  private static final Pattern OR = Pattern.compile("or(?=[\\s(])");
  private static final Pattern AND = Pattern.compile("and(?=[\\s(])");
  private static final Pattern EXISTS = Pattern.compile("exists\\b");
  private static final Pattern COMPARES =
      Pattern.compile(
          "<=|<|>=|>|==|=|!=|(?:glob|iglob|contains|icontains|bcontains|startswith|bstartswith"
              + "|endswith|regex)(?=[\\s\"'])");
  private static final Pattern IN_LIST = Pattern.compile("(?:intersects|in|pmatch)(?=[\\s(])");

  private final String text;
  private final Set<String> macros = new TreeSet<>();
  private final Set<String> values = new TreeSet<>();
  private int at;
  private int depth;

  ConditionParser(String text) {
    this.text = text;
  }

  Condition whole() {
    either();
    blank();
    if (at < text.length()) {
      throw fault("and, or, or the end");
    }
    return new Condition(macros, values);
  }

  private void either() {
    if (++depth > MAX_DEPTH) {
      throw FalcoRulesException.of(
          "the condition is nested more than " + MAX_DEPTH + " deep", "move parts into macros");
    }
    both();
    while (took(OR)) {
      both();
    }
    depth--;
  }

  private void both() {
    check();
    while (took(AND)) {
      check();
    }
  }

  private void check() {
    blank();
    while (took(NOT)) {
      blank();
    }
    if (tookText("(")) {
      either();
      need(")");
    } else if (token(FIELD) != null) {
      argument();
      comparison();
    } else if (token(FUNCTION) != null) {
      rest();
      comparison();
    } else {
      String macro = token(IDENTIFIER);
      if (macro == null) {
        throw fault("a field, a macro or a (");
      }
      macros.add(macro);
    }
  }

  /** Between brackets stands a number, a name, a path or a text in quotes. */
  private void argument() {
    if (at < text.length() && text.charAt(at) == '[') {
      at++;
      if (!quoted()) {
        int end = text.indexOf(']', at);
        at = end < 0 ? text.length() : end;
      }
      if (!tookText("]")) {
        throw fault("a ] after the argument of a field");
      }
    }
  }

  private void comparison() {
    if (took(EXISTS)) {
      return;
    }
    if (took(COMPARES)) {
      value();
    } else if (took(IN_LIST)) {
      list();
    } else {
      throw fault("an operator such as =, in, contains or exists");
    }
  }

  private void list() {
    blank();
    if (!tookText("(")) {
      value();
      return;
    }
    blank();
    if (tookText(")")) {
      return;
    }
    value();
    blank();
    while (tookText(",")) {
      value();
      blank();
    }
    need(")");
  }

  private void value() {
    blank();
    if (quoted()) {
      return;
    }
    if (token(FUNCTION) != null) {
      rest();
      return;
    }
    String bare = token(BARE);
    if (bare == null) {
      throw fault("a value");
    }
    values.add(bare);
  }

  /** What functions take is Falco's business: anything up to the parenthesis that ends them. */
  private void rest() {
    int open = 1;
    while (open > 0) {
      if (at >= text.length()) {
        throw fault("a ) that ends the function");
      }
      if (!quoted()) {
        char c = text.charAt(at++);
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
    }
  }

  private boolean quoted() {
    if (at >= text.length() || "\"'".indexOf(text.charAt(at)) < 0) {
      return false;
    }
    char quote = text.charAt(at);
    for (int end = at + 1; end < text.length(); end++) {
      if (text.charAt(end) == '\\') {
        end++;
      } else if (text.charAt(end) == quote) {
        at = end + 1;
        return true;
      }
    }
    throw fault("a " + quote + " that ends the text");
  }

  private void need(String token) {
    blank();
    if (!tookText(token)) {
      throw fault("and, or, or a " + token);
    }
  }

  private void blank() {
    token(BLANK);
  }

  private boolean took(Pattern pattern) {
    blank();
    return token(pattern) != null;
  }

  private boolean tookText(String token) {
    boolean there = text.startsWith(token, at);
    at += there ? token.length() : 0;
    return there;
  }

  private String token(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
    if (!matcher.lookingAt()) {
      return null;
    }
    at = matcher.end();
    return matcher.group();
  }

  private FalcoRulesException fault(String wanted) {
    String before = text.substring(Math.max(0, at - 40), at);
    String after = text.substring(at, Math.min(text.length(), at + 40));
    return FalcoRulesException.of(
        "the condition is no condition: at \"" + before + "<here>" + after + "\"",
        "write " + wanted + " there");
  }
}
