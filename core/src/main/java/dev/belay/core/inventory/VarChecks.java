package dev.belay.core.inventory;

import dev.belay.core.inventory.Draft.Place;
import dev.belay.core.remote.Secret;
import dev.belay.core.text.NearMiss;

/** What is refused or warned of in a variable, however it is written. */
final class VarChecks {

  private final Draft draft;

  VarChecks(Draft draft) {
    this.draft = draft;
  }

  /** Refuses names that cannot be honoured and warns of those that have no effect. */
  void name(String name, Place place) {
    if (VarNames.LOGIN_PASSWORDS.contains(name)) {
      throw place.wrong(
          name + ": logging in by password is not supported",
          "use a key: ansible_ssh_private_key_file, or ssh-copy-id and the agent");
    }
    if (name.startsWith("ansible_") && !VarNames.isUsed(name) && !VarNames.isSilent(name)) {
      draft.warn(
          place,
          name + " has no effect here" + NearMiss.question(name, VarNames.used()),
          advice(name));
    }
  }

  private static String advice(String name) {
    return name.startsWith("ansible_ssh_") && name.endsWith("_args")
        ? "put jump hosts and options into ~/.ssh/config"
        : "remove it, or keep it for Ansible";
  }

  /** Warns of a way to connect that there is not. */
  void connection(String way, Place place) {
    if (!VarNames.SSH.contains(way) && !VarNames.LOCAL.contains(way)) {
      draft.warn(
          place,
          "ansible_connection: "
              + way
              + " has no effect here, hosts are reached by ssh or are local",
          "leave these hosts out by a pattern, or reach them by ssh");
    }
  }

  /** Refuses a template where the value counts, and warns of one elsewhere. */
  void template(String name, String text, Place place) {
    if (!text.contains("{{")) {
      return;
    }
    if (VarNames.isUsed(name)) {
      throw place.wrong(
          name + ": templates ({{ }}) are not evaluated",
          VarNames.isSecret(name) ? "give the password at run time" : "write the value itself");
    }
    draft.warn(
        place,
        name + ": templates ({{ }}) are not evaluated, the value stays as written",
        "write the value itself");
  }

  /** Returns a value that is not from YAML, checked, and as a secret where it is one. */
  Object plain(String name, Object value, String text, Place place) {
    name(name, place);
    if (value instanceof String) {
      template(name, text, place);
    }
    if (name.equals(VarNames.CONNECTION)) {
      connection(String.valueOf(value), place);
    }
    return VarNames.isSecret(name) && value != null ? Secret.of(text) : value;
  }
}
