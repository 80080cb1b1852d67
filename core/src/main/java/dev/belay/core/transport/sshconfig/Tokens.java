package dev.belay.core.transport.sshconfig;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces percent tokens, environment variables and the tilde. */
final class Tokens {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  private final SshCaller caller;
  private final Map<Character, String> values = new HashMap<>();

  Tokens(SshCaller caller) {
    this.caller = caller;
  }

  /** Returns the tokens of HostName: {@code %h} alone. */
  static Tokens ofHostName(SshCaller caller, String host) {
    return new Tokens(caller).with('h', host);
  }

  /** Returns the tokens of a command on the way: {@code %h %n %p %r}, and {@code %k}. */
  static Tokens ofRoute(
      SshCaller caller, String host, String original, String alias, int port, String user) {
    return new Tokens(caller)
        .with('h', host)
        .with('n', original)
        .with('k', alias)
        .with('p', String.valueOf(port))
        .with('r', user);
  }

  /** Adds the tokens about this side, which names of files may have. */
  Tokens forFiles() {
    Tokens more = new Tokens(caller);
    more.values.putAll(values);
    return more.with('d', caller.home())
        .with('i', String.valueOf(caller.uid()))
        .with('L', caller.machine().replaceFirst("\\..*", ""))
        .with('l', caller.machine())
        .with('u', caller.user());
  }

  private Tokens with(char token, String value) {
    values.put(token, value);
    return this;
  }

  /** Replaces percent tokens. */
  String percent(ConfigLine line, String text) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '%') {
        out.append(c);
      } else {
        at++;
        out.append(token(line, at < text.length() ? text.charAt(at) : ' '));
      }
    }
    return out.toString();
  }

  private String token(ConfigLine line, char token) {
    String value = token == '%' ? "%" : values.get(token);
    if (value == null) {
      throw line.wrong(
          "%" + token + " means nothing in " + line.keyword(),
          "use one of %%" + listed() + (token == 'C' || token == 'j' ? ", and not %C or %j" : ""));
    }
    return value;
  }

  private String listed() {
    StringBuilder text = new StringBuilder();
    values.keySet().stream().sorted().forEach(token -> text.append(" %").append(token));
    return text.toString();
  }

  /** Replaces environment variables, then percent tokens, then a tilde at the front. */
  String path(ConfigLine line, String text) {
    return tilde(line, caller, percent(line, variables(line, text)));
  }

  private String variables(ConfigLine line, String text) {
    Matcher variable = VARIABLE.matcher(text);
    StringBuilder out = new StringBuilder();
    while (variable.find()) {
      String value = caller.environment().get(variable.group(1));
      if (value == null) {
        throw line.wrong(
            "the environment has no " + variable.group(1), "set it, or write the path itself");
      }
      // A percent sign of the environment is no token.
      variable.appendReplacement(out, Matcher.quoteReplacement(value.replace("%", "%%")));
    }
    return variable.appendTail(out).toString();
  }

  /** Replaces a tilde at the front by the home directory. */
  static String tilde(ConfigLine line, SshCaller caller, String text) {
    if (!text.startsWith("~")) {
      return text;
    }
    if (text.equals("~") || text.startsWith("~/")) {
      return caller.home() + text.substring(1);
    }
    String user = text.substring(1).replaceFirst("/.*", "");
    if (user.equals(caller.user())) {
      return caller.home() + text.substring(1 + user.length());
    }
    throw line.wrong(
        "the home directory of " + user + " is not looked up", "write the path itself");
  }
}
