package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.inventory.Draft.Folder;
import dev.belay.core.inventory.Draft.Var;
import dev.belay.core.secret.AnsibleVault;
import dev.belay.core.secret.VaultRefusedException;
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
    Folder folder = draft.folder(text.folder());
    Map<String, Var> vars =
        (text.ofGroup() ? folder.groups : folder.hosts)
            .computeIfAbsent(text.owner(), unused -> new LinkedHashMap<>());
    read(text.name(), text.content(), draft, vars);
  }

  /** Reads a whole file of variables, be it encrypted or not. */
  static void read(String name, byte[] content, Draft draft, Map<String, Var> into) {
    if (!AnsibleVault.isVault(content)) {
      read(name, content, draft, false, into);
      return;
    }
    byte[] plain = decrypted(content, draft);
    try {
      read(name, plain, draft, true, into);
    } catch (YamlFault fault) {
      // The fault's words may hold a piece of the content.
      throw new YamlFault(
          fault.at(),
          "what is encrypted here are no variables in YAML (the line is that of the plain text)",
          "look at it: ansible-vault view " + name);
    }
  }

  private static byte[] decrypted(byte[] content, Draft draft) {
    try {
      return AnsibleVault.decrypt(new String(content, StandardCharsets.US_ASCII), draft.vault);
    } catch (VaultRefusedException refused) {
      throw new YamlFault(Position.START, refused.getMessage(), refused.advice());
    }
  }

  private static void read(
      String name, byte[] content, Draft draft, boolean encrypted, Map<String, Var> into) {
    Optional<Node> root = StrictYaml.compose(content).filter(n -> !StrictYaml.isNull(n));
    if (root.isEmpty()) {
      return;
    }
    if (!(root.get() instanceof MappingNode mapping)) {
      throw new YamlFault(
          Position.of(root.get()),
          "this is " + StrictYaml.describe(root.get()) + ", not variables",
          "write each as \"name: value\"");
    }
    new VarReader(name, draft, encrypted)
        .read(InventoryReader.entries(mapping, "this file"), into::put);
  }
}
