package dev.belay.core.yaml;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Turns bytes into a tree of nodes with their places in the text. */
final class YamlParse {
  static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_ALIASES = 10;
  private static final int MAX_DEPTH = 40;

  private YamlParse() {}

  /** Reads UTF-8 strictly, at most 1 MiB. */
  static String decode(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw YamlRefused.of(
          "the file has " + bytes.length + " bytes",
          "files over " + MAX_BYTES + " bytes are not edited; split it");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw YamlRefused.of("the file is not valid UTF-8", "convert it to UTF-8 first");
    }
  }

  /** Parses a text that is going to be edited: one block mapping, nothing that hides meaning. */
  static YamlNode.Mapping toEdit(String text) {
    refuseOddLineBreaks(text);
    Iterator<Node> documents = documents(text);
    YamlNode top = new NodeTree(text, true).top(next(documents));
    if (hasNext(documents)) {
      int line = next(documents).getStartMark().getLine() + 1;
      throw YamlRefused.at(
          line, "the file holds several YAML documents", "leave one document in it");
    }
    if (!(top instanceof YamlNode.Mapping mapping)) {
      throw YamlRefused.at(
          top.line(), "the document is not a mapping", "write it as keys and values");
    }
    if (mapping.flow()) {
      throw YamlRefused.at(
          mapping.line(), "JSON form cannot be edited safely", "convert the file to block YAML");
    }
    return mapping;
  }

  /** Parses the first document leniently. */
  static YamlNode toLookAt(byte[] bytes) {
    String text = decode(bytes);
    return new NodeTree(text, false).top(next(documents(text)));
  }

  private static Iterator<Node> documents(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(MAX_BYTES);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setNestingDepthLimit(MAX_DEPTH);
    return new Yaml(new SafeConstructor(options)).composeAll(new StringReader(text)).iterator();
  }

  private static boolean hasNext(Iterator<Node> documents) {
    try {
      return documents.hasNext();
    } catch (YAMLException e) {
      throw refusal(e);
    }
  }

  /** Returns the next document, null when there is none. */
  private static Node next(Iterator<Node> documents) {
    try {
      return documents.hasNext() ? documents.next() : null;
    } catch (YAMLException e) {
      throw refusal(e);
    }
  }

  private static YamlRefused refusal(YAMLException e) {
    if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return YamlRefused.at(
          marked.getProblemMark().getLine() + 1,
          "not readable as YAML: " + marked.getProblem(),
          "mend the file by hand first");
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return YamlRefused.of("not readable as YAML: " + message, "mend the file by hand first");
  }

  /** YAML 1.1 and 1.2 readers disagree on whether these end a line; nobody should find out. */
  private static void refuseOddLineBreaks(String text) {
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean loneReturn = c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
      if (loneReturn || c == '\u0085' || c == '\u2028' || c == '\u2029') {
        throw YamlRefused.at(
            line,
            String.format("the file holds the line break U+%04X", (int) c),
            "end lines with LF or CRLF only");
      }
      line += c == '\n' ? 1 : 0;
    }
  }
}
