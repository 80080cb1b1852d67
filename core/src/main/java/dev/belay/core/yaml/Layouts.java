package dev.belay.core.yaml;

import dev.belay.core.yaml.YamlNode.Entry;
import dev.belay.core.yaml.YamlNode.Mapping;
import dev.belay.core.yaml.YamlNode.Sequence;
import java.util.ArrayDeque;
import java.util.Deque;

/** Finds the indentation a document uses, from its first nested mapping and its first list. */
final class Layouts {
  private static final int NOT_SEEN = -1;

  private Layouts() {}

  static BlockWriter of(YamlNode root) {
    int unit = NOT_SEEN;
    int shift = NOT_SEEN;
    Deque<YamlNode> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty() && (unit < 0 || shift < 0)) {
      YamlNode node = open.poll();
      open.addAll(node.list());
      if (!(node instanceof Mapping mapping)) {
        continue;
      }
      for (Entry entry : mapping.entries()) {
        open.add(entry.value());
        int deeper = entry.value().span().column() - mapping.span().column();
        unit = unit < 0 && isBlockMapping(entry.value()) ? deeper : unit;
        shift = shift < 0 && isBlockList(entry.value()) ? deeper : shift;
      }
    }
    BlockWriter usual = BlockWriter.KUBEADM;
    return new BlockWriter(unit > 0 ? unit : usual.unit(), shift >= 0 ? shift : usual.listShift());
  }

  private static boolean isBlockMapping(YamlNode node) {
    return node instanceof Mapping mapping && !mapping.flow();
  }

  private static boolean isBlockList(YamlNode node) {
    return node instanceof Sequence list && !list.flow();
  }
}
