package dev.belay.core.inventory;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The variables that mean something to Ansible itself, sorted by what is done with them here. */
final class VarNames {

  static final String PRIORITY = "ansible_group_priority";
  static final String CONNECTION = "ansible_connection";
  static final String METHOD = "ansible_become_method";
  static final String BECOME = "ansible_become";
  static final String BECOME_USER = "ansible_become_user";

  /** The first name there is wins; the later ones are old spellings. */
  static final List<String> ADDRESS = List.of("ansible_host", "ansible_ssh_host");

  static final List<String> PORT = List.of("ansible_port", "ansible_ssh_port");
  static final List<String> USER = List.of("ansible_user", "ansible_ssh_user");
  static final List<String> KEY =
      List.of("ansible_ssh_private_key_file", "ansible_private_key_file");
  static final List<String> BECOME_PASSWORD =
      List.of(
          "ansible_become_password",
          "ansible_become_pass",
          "ansible_sudo_password",
          "ansible_sudo_pass");

  /** Arguments of ssh, in the order in which they count. */
  static final List<String> SSH_ARGUMENTS =
      List.of("ansible_ssh_common_args", "ansible_ssh_extra_args");

  /** Passwords for logging in: refused. */
  static final Set<String> LOGIN_PASSWORDS =
      Set.of("ansible_password", "ansible_ssh_pass", "ansible_ssh_password");

  /** Ways to connect that come to the same as ours. */
  static final Set<String> SSH =
      Set.of("ssh", "smart", "paramiko", "paramiko_ssh", "libssh", "ansible.builtin.ssh");

  /** This machine itself, without SSH. */
  static final Set<String> LOCAL = Set.of("local", "ansible.builtin.local");

  /** Read without a word: they tune what is not needed here, such as Python on the target. */
  private static final Set<String> SILENT =
      Set.of(
          CONNECTION,
          "ansible_pipelining",
          "ansible_ssh_pipelining",
          "ansible_remote_tmp",
          "ansible_async_dir",
          "ansible_shell_executable",
          "ansible_scp_if_ssh",
          "ansible_ssh_transfer_method");

  private VarNames() {}

  static boolean isSecret(String name) {
    return BECOME_PASSWORD.contains(name);
  }

  /** Tells whether a name is read for its meaning, so that its value must be plain. */
  static boolean isUsed(String name) {
    return used().contains(name);
  }

  static boolean isSilent(String name) {
    return SILENT.contains(name)
        || SSH_ARGUMENTS.contains(name)
        || name.matches("ansible_\\w+_interpreter");
  }

  static List<String> used() {
    return Stream.of(
            ADDRESS,
            PORT,
            USER,
            KEY,
            BECOME_PASSWORD,
            List.of(BECOME, BECOME_USER, METHOD, PRIORITY))
        .flatMap(List::stream)
        .toList();
  }
}
