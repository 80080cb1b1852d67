package dev.belay.core.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Writes random YAML documents in many hands: indentation, quoting, comments, line ends. */
final class RandomYaml {
  private static final List<String> KEYS =
      List.of("a", "b-c", "'d e'", "\"on\"", "f.g/h", "\"i: j\"", "\uD83D\uDE00", "k", "l", "0");
  private static final List<String> SCALARS =
      List.of(
          "x",
          "1",
          "0x1f",
          "yes",
          "3.5",
          "2001-01-01",
          "'it''s'",
          "\"q \\\" # \\n\"",
          "a b  c",
          "-x",
          "--flag=v",
          "http://h:1/p",
          "\uD83D\uDE00 z",
          "''",
          "a#b",
          "\"\"",
          "!!str 5");
  private static final List<String> NOTHING = List.of("", "~", "null");
  private static final List<String> COMMENTS =
      List.of("# c", "# - x: y", "#", "# \uD83D\uDE00 {[", "# 'quote");

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private RandomYaml(Random random) {
    this.random = random;
  }

  static String document(Random random) {
    return new RandomYaml(random).write();
  }

  private String write() {
    maybeComments(0);
    text.append(chance(4) ? "---" + tail() + "\n" : "");
    int indent = chance(10) ? 2 : 0;
    mapping(indent, 0);
    maybeComments(indent);
    text.append(chance(10) ? "...\n" : "");
    String done = text.toString();
    done = chance(4) ? done.stripTrailing() : done;
    done = chance(4) ? done.replace("\n", "\r\n") : done;
    return chance(10) ? YamlParse.BYTE_ORDER_MARK + done : done;
  }

  /** Writes entries, each from the first column of a line on. */
  private void mapping(int indent, int depth) {
    boolean first = true;
    for (String key : keys()) {
      if (!first || atLineStart()) {
        maybeComments(indent);
        text.append(" ".repeat(indent));
      }
      first = false;
      text.append(key).append(chance(12) ? " :" : ":");
      value(indent, depth);
    }
  }

  private void value(int indent, int depth) {
    int kind = random.nextInt(depth > 3 ? 5 : 8);
    if (kind <= 1) {
      inline(pick(SCALARS));
    } else if (kind == 2) {
      inline(pick(NOTHING));
    } else if (kind == 3) {
      inline(flow(depth, indent + 1));
    } else if (kind == 4) {
      blockScalar(indent);
    } else if (kind <= 6) {
      text.append(tail()).append('\n');
      mapping(indent + 1 + random.nextInt(4), depth + 1);
    } else {
      text.append(tail()).append('\n');
      list(indent + random.nextInt(4), depth + 1);
    }
  }

  private void list(int indent, int depth) {
    boolean first = true;
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      if (!first || atLineStart()) {
        maybeComments(indent);
        text.append(" ".repeat(indent));
      }
      first = false;
      int gap = 1 + random.nextInt(3);
      text.append('-');
      switch (random.nextInt(depth > 3 ? 3 : 5)) {
        case 0, 1 -> inline(pick(SCALARS));
        case 2 -> inline(flow(depth, indent + 1));
        case 3 -> {
          text.append(" ".repeat(gap));
          mapping(indent + 1 + gap, depth + 1);
        }
        default -> {
          text.append(" ".repeat(gap));
          list(indent + 1 + gap, depth + 1);
        }
      }
    }
  }

  private void blockScalar(int indent) {
    String header = chance(2) ? "|" : ">";
    header += pick(List.of("", "-", "+"));
    text.append(' ').append(header).append(chance(3) ? " # c" : "").append('\n');
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      text.append(" ".repeat(indent + 2)).append(pick(List.of("text", "# t", "a: b", "- x")));
      text.append('\n').append(chance(4) ? "\n" : "");
    }
  }

  private String flow(int depth, int indent) {
    boolean map = chance(2);
    boolean lines = chance(3);
    List<String> parts = new ArrayList<>();
    List<String> keys = keys();
    for (String key : keys.subList(0, random.nextInt(keys.size() + 1))) {
      String value = depth < 3 && chance(4) ? flow(depth + 1, indent + 2) : flowScalar();
      parts.add(map ? key + ": " + value : value.isEmpty() ? "x" : value);
    }
    StringBuilder done = new StringBuilder(map ? "{" : "[");
    String pad = lines ? "\n" + " ".repeat(indent + 2) : chance(4) ? " " : "";
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      done.append(i == 0 || lines ? pad : chance(2) ? " " : "").append(parts.get(i));
      done.append(!last || chance(5) ? "," : "").append(lines && chance(3) ? "  # c, ]" : "");
    }
    String end = lines && !parts.isEmpty() ? "\n" + " ".repeat(indent) : pad.isBlank() ? "" : pad;
    return done.append(end.startsWith("\n") ? end : chance(4) ? " " : "")
        .append(map ? "}" : "]")
        .toString();
  }

  private String flowScalar() {
    return pick(List.of("x", "1", "'y z'", "\"w\"", "true", "", "--v=2", "\uD83D\uDE00", "null"));
  }

  private void inline(String value) {
    text.append(value.isEmpty() ? "" : " ".repeat(1 + random.nextInt(2)) + value);
    text.append(tail()).append('\n');
  }

  private String tail() {
    return switch (random.nextInt(6)) {
      case 0 -> " " + pick(COMMENTS);
      case 1 -> "   ";
      default -> "";
    };
  }

  private void maybeComments(int indent) {
    if (chance(5)) {
      text.append(" ".repeat(random.nextInt(indent + 3))).append(pick(COMMENTS)).append('\n');
    }
    text.append(chance(8) ? "\n" : "").append(chance(20) ? "   \n" : "");
  }

  private boolean atLineStart() {
    return text.isEmpty() || text.charAt(text.length() - 1) == '\n';
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>(KEYS);
    Collections.shuffle(keys, random);
    return keys.subList(0, 1 + random.nextInt(4));
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
