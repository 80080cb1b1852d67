package dev.belay.core.yaml;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;

/** The YAML 1.1 tags that matter here, and when two scalars of them are one value. */
final class Tags {
  static final String NULL = "tag:yaml.org,2002:null";
  static final String STR = "tag:yaml.org,2002:str";
  static final String BOOL = "tag:yaml.org,2002:bool";
  static final String INT = "tag:yaml.org,2002:int";
  static final String MERGE = "tag:yaml.org,2002:merge";
  static final String MAP = "tag:yaml.org,2002:map";
  static final String SEQ = "tag:yaml.org,2002:seq";

  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final int SEXAGESIMAL = 60;

  private Tags() {}

  static boolean same(YamlNode.Scalar present, YamlScalar wanted) {
    String text = present.text();
    if (wanted instanceof YamlScalar.Bool bool) {
      return present.tag().equals(BOOL)
          && TRUE.contains(text.toLowerCase(Locale.ROOT)) == bool.value();
    }
    if (wanted instanceof YamlScalar.Int number) {
      return present.tag().equals(INT) && integer(text).equals(BigInteger.valueOf(number.value()));
    }
    return present.tag().equals(STR) && text.equals(wanted.text());
  }

  /** Reads a YAML 1.1 integer: decimal, 0octal, 0xhex, 0bbinary or 60:based, with underscores. */
  private static BigInteger integer(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    digits = digits.replaceFirst("^[-+]", "");
    BigInteger value = magnitude(digits);
    return negative ? value.negate() : value;
  }

  private static BigInteger magnitude(String digits) {
    if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    }
    if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    }
    if (digits.contains(":")) {
      BigInteger sum = BigInteger.ZERO;
      for (String part : digits.split(":")) {
        sum = sum.multiply(BigInteger.valueOf(SEXAGESIMAL)).add(new BigInteger(part));
      }
      return sum;
    }
    boolean octal = digits.length() > 1 && digits.startsWith("0");
    return new BigInteger(digits, octal ? 8 : 10);
  }
}
