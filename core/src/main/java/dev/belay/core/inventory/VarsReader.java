package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.inventory.Draft.Folder;
import dev.belay.core.inventory.Draft.Var;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one file of group_vars or host_vars. */
final class VarsReader {

  private final VarsText text;
  private final Draft draft;

  VarsReader(VarsText text, Draft draft) {
    this.text = text;
    this.draft = draft;
  }

  void read() {
    if (new String(text.content(), StandardCharsets.UTF_8).startsWith("$ANSIBLE_VAULT;")) {
      throw new YamlFault(
          Position.START,
          "this file is encrypted with Ansible Vault, which is not read here",
          "give its values at run time, or keep it where belay does not look");
    }
    Optional<Node> root = StrictYaml.compose(text.content()).filter(n -> !StrictYaml.isNull(n));
    if (root.isEmpty()) {
      return;
    }
    if (!(root.get() instanceof MappingNode mapping)) {
      throw new YamlFault(
          Position.of(root.get()),
          "this is " + StrictYaml.describe(root.get()) + ", not variables",
          "write each as \"name: value\"");
    }
    Folder folder = draft.folder(text.folder());
    Map<String, Var> vars =
        (text.ofGroup() ? folder.groups : folder.hosts)
            .computeIfAbsent(text.owner(), unused -> new LinkedHashMap<>());
    new VarReader(text.name(), draft)
        .read(InventoryReader.entries(mapping, "this file"), vars::put);
  }
}
