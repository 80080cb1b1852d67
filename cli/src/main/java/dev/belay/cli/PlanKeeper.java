package dev.belay.cli;

import dev.belay.core.plan.PlanItem;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Listens to a check and keeps what it plans. Not thread-safe. */
final class PlanKeeper implements Consumer<RunEvent> {

  private final Map<String, List<PlanItem>> hosts = new LinkedHashMap<>();

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Started started) {
      hosts.clear();
      started.hosts().forEach(host -> hosts.put(host, new ArrayList<>()));
    } else if (event instanceof RunEvent.Planned planned) {
      hosts.get(planned.host()).add(planned.item());
    }
  }

  RunPlan plan() {
    return new RunPlan(hosts);
  }

  /**
   * Returns the options with which an apply finds the same hosts and tasks in the same way. Of
   * variables only files are named: what was typed may be a secret.
   */
  static List<String> arguments(Invocation options) {
    List<String> words = new ArrayList<>();
    options.inventories().forEach(source -> add(words, Flag.INVENTORY, place(source)));
    options.limit().ifPresent(limit -> add(words, Flag.LIMIT, limit));
    options.tags().forEach(tag -> add(words, Flag.TAGS, tag));
    options.skipTags().forEach(tag -> add(words, Flag.SKIP_TAGS, tag));
    options.user().ifPresent(user -> add(words, Flag.USER, user));
    options.privateKeys().forEach(file -> add(words, Flag.PRIVATE_KEY, place(file)));
    options.knownHosts().ifPresent(file -> add(words, Flag.KNOWN_HOSTS, place(file)));
    options.sshConfig().ifPresent(file -> add(words, Flag.SSH_CONFIG, place(file)));
    options.startAt().ifPresent(task -> add(words, Flag.START_AT_TASK, task));
    options.extraVars().stream()
        .filter(given -> given.startsWith("@"))
        .forEach(given -> add(words, Flag.EXTRA_VARS, "@" + place(given.substring(1))));
    options.become().user().ifPresent(user -> add(words, Flag.BECOME_USER, user));
    options
        .become()
        .passwordFile()
        .ifPresent(file -> add(words, Flag.BECOME_PASSWORD_FILE, place(file)));
    if (options.has(Flag.BECOME_METHOD)) {
      add(words, Flag.BECOME_METHOD, options.become().method().word());
    }
    options.vaultPasswordFiles().forEach(file -> add(words, Flag.VAULT_PASSWORD_FILE, place(file)));
    for (Flag flag : List.of(Flag.BECOME, Flag.ASK_BECOME_PASS, Flag.ASK_VAULT_PASS)) {
      if (options.has(flag)) {
        words.add("--" + flag.word());
      }
    }
    return words;
  }

  private static void add(List<String> words, Flag flag, String value) {
    words.add("--" + flag.word());
    words.add(value);
  }

  /** The plan may be applied from another directory. */
  private static String place(String source) {
    return source.contains(",") || !Files.exists(Path.of(source))
        ? source
        : Path.of(source).toAbsolutePath().normalize().toString();
  }
}
