package dev.belay.core.secret;

import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.YamlFault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Single values of a file with Ansible Vault texts: encrypted as a whole, or value by value. */
public final class VaultVariables {

  private static final String TAG = "!vault";

  private VaultVariables() {}

  /**
   * Returns a value in UTF-8. Error messages name keys and no values.
   *
   * @param file the file's bytes
   * @param vault passwords to try
   * @param keys names that lead to it, from the outermost; none for the whole plain text
   * @throws VaultRefusedException when there is no such value, or it cannot be decrypted
   */
  public static byte[] value(byte[] file, VaultKeys vault, List<String> keys) {
    boolean whole = AnsibleVault.isVault(file);
    byte[] plain =
        whole ? AnsibleVault.decrypt(new String(file, StandardCharsets.US_ASCII), vault) : file;
    if (keys.isEmpty()) {
      if (!whole) {
        throw new VaultRefusedException(
            "it is not encrypted as a whole", "name the key of a value in it");
      }
      return plain;
    }
    return value(found(plain, keys), whole, vault, keys);
  }

  private static Node found(byte[] plain, List<String> keys) {
    try {
      Optional<Node> node = StrictYaml.compose(plain);
      for (String key : keys) {
        node = node.flatMap(at -> below(at, key));
      }
      return node.orElseThrow(
          () ->
              new VaultRefusedException(
                  "it has no " + String.join(".", keys),
                  "look at its keys: ansible-vault view, or an editor"));
    } catch (YamlFault fault) {
      // The fault's words may hold a piece of the content.
      throw new VaultRefusedException(
          "it is no YAML with names as keys, see " + fault.at(),
          "look at it: ansible-vault view, or an editor");
    }
  }

  private static Optional<Node> below(Node node, String key) {
    return node instanceof MappingNode mapping
        ? StrictYaml.entries(mapping).stream()
            .filter(entry -> entry.key().equals(key))
            .map(StrictYaml.Entry::value)
            .findFirst()
        : Optional.empty();
  }

  private static byte[] value(Node node, boolean whole, VaultKeys vault, List<String> keys) {
    boolean sealed = node.getTag().getValue().equals(TAG);
    if (!(node instanceof ScalarNode scalar) || StrictYaml.isNull(node) || !(sealed || whole)) {
      throw new VaultRefusedException(
          String.join(".", keys)
              + (node instanceof ScalarNode ? " is not encrypted" : " is no single value"),
          "name the key of an encrypted value");
    }
    return sealed
        ? AnsibleVault.decrypt(scalar.getValue(), vault)
        : scalar.getValue().getBytes(StandardCharsets.UTF_8);
  }
}
