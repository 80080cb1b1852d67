package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.remote.Secret;
import dev.belay.core.secret.AnsibleVault;
import dev.belay.core.secret.VaultKeys;
import dev.belay.core.secret.VaultRefusedException;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value with the tag {@code !vault}. */
final class VaultValue extends AbstractConstruct {

  static final Tag TAG = new Tag("!vault");

  private final VaultKeys vault;

  VaultValue(VaultKeys vault) {
    this.vault = vault;
  }

  @Override
  public Secret construct(Node node) {
    if (!(node instanceof ScalarNode text)) {
      throw new YamlFault(
          Position.of(node),
          "!vault stands before something else than a text of Ansible Vault",
          "write what ansible-vault encrypt_string prints");
    }
    try {
      return Secret.of(
          new String(AnsibleVault.decrypt(text.getValue(), vault), StandardCharsets.UTF_8));
    } catch (VaultRefusedException refused) {
      throw new YamlFault(Position.of(node), refused.getMessage(), refused.advice());
    }
  }
}
