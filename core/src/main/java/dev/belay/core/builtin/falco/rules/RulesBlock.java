package dev.belay.core.builtin.falco.rules;

import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.StepRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Our part of a rules file that others edit as well: whole lines between two comments. Every other
 * byte stays as it is.
 *
 * @param path of the file, for messages
 * @param name of our part
 */
record RulesBlock(RemotePath path, String name) {

  private static final String BEGIN = "# BEGIN belay ";
  private static final String END = "# END belay ";

  /**
   * A file, taken apart.
   *
   * @param before lines before our part, with their ends
   * @param after lines after it
   */
  record Parts(String before, String after) {
    String foreign() {
      return before + after;
    }
  }

  /** Returns what others wrote. */
  Parts parts(String text) {
    List<String> lines = lines(text);
    List<Integer> begins = at(lines, BEGIN + name + ":");
    List<Integer> ends = at(lines, END + name);
    if (begins.isEmpty() && ends.isEmpty()) {
      return new Parts(text, "");
    }
    if (begins.size() != 1 || ends.size() != 1 || begins.get(0) > ends.get(0)) {
      throw refuse(
          "has lines \"" + BEGIN + name + "\" and \"" + END + name + "\" that are no pair",
          "leave one line of each in it, or take both out with what is between them");
    }
    return new Parts(
        String.join("", lines.subList(0, begins.get(0))),
        String.join("", lines.subList(ends.get(0) + 1, lines.size())));
  }

  /**
   * Returns the file with our part, at its place or at the end; without it where there are no
   * items.
   *
   * @param text of the file as it is
   * @param items our items as YAML; empty for none
   */
  String edit(String text, String items) {
    Parts parts = parts(text);
    if (items.isEmpty()) {
      return parts.foreign();
    }
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    String gap = parts.before().isEmpty() || parts.before().endsWith("\n") ? "" : end;
    String result = parts.before() + gap + block(parts.before(), items, end) + parts.after();
    prove(parts.foreign(), items, result);
    return result;
  }

  private String block(String before, String items, String end) {
    String indent = " ".repeat(indentation(before));
    return (BEGIN
            + name
            + ": kept by Belay, what is edited up to its end is lost\n"
            + items
            + END
            + name
            + "\n")
        .lines()
        .map(line -> line.isEmpty() ? end : indent + line + end)
        .collect(Collectors.joining());
  }

  /** Our items go on with the list that the file ends with, in its column. */
  private int indentation(String before) {
    List<Node> documents = documents(before);
    if (documents.isEmpty()) {
      return 0;
    }
    Node last = documents.get(documents.size() - 1);
    if (last instanceof SequenceNode list && list.getFlowStyle() == FlowStyle.BLOCK) {
      return list.getStartMark().getColumn();
    }
    if (last instanceof SequenceNode list && list.getValue().isEmpty()) {
      throw refuse("is an empty list in brackets", "take the brackets out");
    }
    throw refuse("is no list in block style", "write its items as lines that begin with \"- \"");
  }

  /** The file has to be what it was, and our items; nothing else may come out of putting it so. */
  private void prove(String foreign, String items, String result) {
    List<FalcoItem> wanted = new ArrayList<>(items(foreign));
    wanted.addAll(items(items));
    List<FalcoItem> got = new ArrayList<>(items(result));
    if (!wanted.stream().allMatch(got::remove) || !got.isEmpty()) {
      throw refuse(
          "cannot be added to without changing what it says",
          "look at what stands before and after our lines, or use a file of their own in rules.d");
    }
  }

  private static List<FalcoItem> items(String text) {
    return new RulesReader().read(text.getBytes(StandardCharsets.UTF_8)).items();
  }

  private List<Node> documents(String text) {
    try {
      return StrictYaml.composeAll(text.getBytes(StandardCharsets.UTF_8));
    } catch (YamlFault fault) {
      throw refuse(fault.at() + ": " + fault.getMessage(), fault.advice());
    }
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', from)) {
      lines.add(text.substring(from, i + 1));
      from = i + 1;
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  private static List<Integer> at(List<String> lines, String mark) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (mark.startsWith(BEGIN) ? line.startsWith(mark) : line.equals(mark)) {
        found.add(i);
      }
    }
    return found;
  }

  private StepRefusedException refuse(String what, String advice) {
    return new StepRefusedException(
        "our rules in " + path + ", with all else in it kept", path + " " + what, advice);
  }
}
