package dev.belay.core.inventory;

import dev.belay.core.secret.VaultKeys;
import java.util.List;

/**
 * Makes one inventory of several sources and of files of variables, as Ansible does.
 *
 * <p>Later sources win over earlier ones. For one host the variables count in this order, the last
 * one winning: of the group all in the sources, of other groups in the sources (parents first),
 * group_vars/all, other group_vars (parents first), the host's own in the sources, host_vars. A
 * value replaces one of the same name as a whole. Does no I/O. Source: ansible/ansible
 * lib/ansible/vars/manager.py and inventory/data.py of 2.14.
 */
public final class InventoryTexts {

  private InventoryTexts() {}

  /**
   * Reads and joins.
   *
   * @param sources in the order in which they are given
   * @param vars files of variables, in the order in which folders and files are to be read
   * @throws InventoryException naming file and line, what is wrong and what to do
   */
  public static Inventory read(List<InventoryText> sources, List<VarsText> vars) {
    return read(sources, vars, List.of(), VaultKeys.NONE);
  }

  /**
   * Reads and joins, with variables that are given for the run and win over all others, and
   * decrypts what is encrypted with Ansible Vault: values with the tag {@code !vault}, and whole
   * files of variables. Their texts become secrets, but for those by which hosts are reached, such
   * as {@code ansible_host}; numbers and truth values of whole files stay plain.
   *
   * @param sources in the order in which they are given
   * @param vars files of variables, in the order in which folders and files are to be read
   * @param extras in the order in which they are given; the later one wins
   * @param vault passwords to try
   * @throws InventoryException naming file and line, what is wrong and what to do
   */
  public static Inventory read(
      List<InventoryText> sources, List<VarsText> vars, List<ExtraText> extras, VaultKeys vault) {
    DraftReading reading = new DraftReading(vault);
    sources.forEach(reading::read);
    vars.forEach(reading::read);
    extras.forEach(reading::read);
    return reading.inventory();
  }

  /**
   * Returns the hosts that a script has to be asked about one by one.
   *
   * @param name the script's name, for messages
   * @param list what it printed for {@code --list}
   * @return none where the list holds the variables of hosts
   * @throws InventoryException when that is not what a script prints
   */
  public static List<String> hostsToAsk(String name, byte[] list) {
    return ScriptReader.hostsToAsk(name, list);
  }
}
