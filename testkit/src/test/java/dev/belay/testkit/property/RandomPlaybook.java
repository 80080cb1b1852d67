package dev.belay.testkit.property;

import dev.belay.core.builtin.command.Command;
import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.builtin.yaml.YamlKeys;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Condition;
import dev.belay.core.step.Handler;
import dev.belay.core.step.PlayItem;
import dev.belay.core.step.PlayPart;
import dev.belay.core.step.TaskBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws playbooks whose tasks meet each other and the things of a host. */
final class RandomPlaybook {

  private final Random random;
  private final boolean owners;
  private final boolean commands;
  private final List<RemotePath> known;
  private final List<RemotePath> used = new ArrayList<>();

  private RandomPlaybook(Random random, HostSketch host, boolean owners, boolean commands) {
    this.random = random;
    this.owners = owners;
    this.commands = commands;
    this.known = new ArrayList<>(RandomHost.paths(host));
    HostSketch.PLACES.forEach(place -> known.add(RemotePath.of(place)));
  }

  /**
   * Draws a playbook.
   *
   * @param owners whether things may be given to others than root
   * @param commands whether there are commands, conditions on commands and handlers
   */
  static Playbook draw(Random random, HostSketch host, boolean owners, boolean commands) {
    int count = 1 + random.nextInt(7);
    boolean block = count > 2 && random.nextInt(3) == 0;
    RandomPlaybook drawn = new RandomPlaybook(random, host, owners, commands && !block);
    List<PlayItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(drawn.item(i));
    }
    Play play = Play.of("play").tasks(block ? drawn.block(items) : items.toArray(PlayPart[]::new));
    return new Playbook("drawn", List.of(play));
  }

  /**
   * Makes a block of some of them; without commands, since what these leave undone when they fail
   * no check can know.
   */
  private PlayPart[] block(List<PlayItem> items) {
    int begin = random.nextInt(items.size() - 1);
    int rescue = begin + 1 + random.nextInt(items.size() - begin);
    int left = items.size() - rescue;
    int always = rescue + (left == 0 ? 0 : 1 + random.nextInt(left));
    int end = always + random.nextInt(items.size() - always + 1);
    List<PlayPart> parts = new ArrayList<>(items.subList(0, begin));
    if (always > rescue && random.nextBoolean()) {
      items.add(begin + random.nextInt(rescue - begin), fails());
      rescue++;
      always++;
      end++;
    }
    parts.add(
        TaskBlock.of(items.subList(begin, rescue).toArray(PlayItem[]::new))
            .rescue(items.subList(rescue, always).toArray(PlayItem[]::new))
            .always(items.subList(always, end).toArray(PlayItem[]::new)));
    parts.addAll(items.subList(end, items.size()));
    return parts.toArray(PlayPart[]::new);
  }

  /** Fails in any case, as every check can see. */
  private static PlayItem fails() {
    return new FilePresent(RemotePath.of("/etc/p/no such/file")).content("x").named("fails");
  }

  private PlayItem item(int number) {
    RemotePath path = path();
    PlayItem item = step(path);
    used.add(path);
    if (random.nextInt(5) == 0) {
      item = item.when(condition());
    }
    if (commands && random.nextInt(6) == 0) {
      item = item.notifies(handler());
    }
    return running(item).named(number + " " + item.task().name());
  }

  /** How a task is run must not make check and apply differ. */
  private PlayItem running(PlayItem item) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> item.ignoringErrors();
      case 2 -> item.retries(1, Duration.ZERO);
      case 3 -> item.retries(1, Duration.ZERO).timeout(Duration.ofMinutes(1));
      default -> item;
    };
  }

  private PlayItem step(RemotePath path) {
    return switch (random.nextInt(commands ? 13 : 10)) {
      case 0, 1, 2 -> file(path).content(one(RandomHost.CONTENTS));
      case 3 -> file(path);
      case 4, 5, 6 -> directory(path);
      case 7, 8 -> new FilePresent(path).absent();
      case 9 -> yaml(path);
      default -> command(path);
    };
  }

  private FilePresent file(RemotePath path) {
    FilePresent file = new FilePresent(path);
    if (random.nextInt(2) == 0) {
      file = file.mode(one(RandomHost.MODES));
    }
    if (random.nextInt(3) == 0) {
      file = file.owner(user());
    }
    return random.nextInt(4) == 0 ? file.group(group()) : file;
  }

  private DirectoryPresent directory(RemotePath path) {
    DirectoryPresent directory = new DirectoryPresent(path);
    if (random.nextInt(2) == 0) {
      directory = directory.mode(one(RandomHost.MODES));
    }
    return random.nextInt(4) == 0 ? directory.owner(user()) : directory;
  }

  private YamlKeys yaml(RemotePath path) {
    YamlKeys keys = new YamlKeys(path).set("a", random.nextInt(2));
    return random.nextInt(2) == 0 ? keys.set("b.c", "x: y") : keys;
  }

  private PlayItem command(RemotePath path) {
    String at = path.value();
    return switch (random.nextInt(6)) {
      case 0 ->
          affecting(CommandLine.of("mkdir", "--", at).creates(at), path)
              .undoneBy("sh", "-c", NO_DIRECTORY, "sh", at);
      case 1 ->
          affecting(shell("printf made >\"$1\"", at).creates(at), path)
              .undoneBy("sh", "-c", NO_FILE, "sh", at);
      case 2 ->
          shell("ln -s -- /srv/p/a \"$1\"", at).creates(at).undoneBy("sh", "-c", NO_FILE, "sh", at);
      case 3 -> shell("rm -- \"$1\"", at).onlyIf("test", "-f", at).affects(at);
      case 4 ->
          affecting(shell("chmod 0640 -- \"$1\"", at).unless("sh", "-c", SIX_FOUR, "sh", at), path);
      default -> CommandLine.of("mkdir", "-p", "--", at).unless("test", "-d", at).creates(at);
    };
  }

  private static final String SIX_FOUR = "[ \"$(stat -L -c %a -- \"$1\")\" = 640 ]";

  private static final String NO_FILE = "[ ! -f \"$1\" ] && [ ! -L \"$1\" ] || rm -- \"$1\"";

  private static final String NO_DIRECTORY = "[ ! -d \"$1\" ] || rmdir -- \"$1\"";

  private static CommandLine shell(String script, String argument) {
    return CommandLine.of("sh", "-c", script, "sh", argument);
  }

  private Command affecting(Command command, RemotePath path) {
    return random.nextInt(3) > 0 ? command.affects(path.value()) : command;
  }

  private Condition condition() {
    RemotePath path = path();
    Condition condition =
        commands && random.nextInt(3) == 0
            ? new Condition.Succeeds(List.of("test", "-e", path.value()))
            : new Condition.Exists(path);
    if (random.nextInt(2) == 0) {
      condition = condition.not();
    }
    return random.nextInt(5) == 0 ? condition.and(condition()) : condition;
  }

  private Handler handler() {
    String name = one(List.of("first", "second", "idle", "lost"));
    return new Handler(name, new RandomEvent(name));
  }

  private RemotePath path() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> one(known);
      case 3, 4 -> one(known).resolve(one(RandomHost.NAMES));
      case 5, 6 -> used.isEmpty() ? one(known) : one(used);
      case 7 -> (used.isEmpty() ? one(known) : one(used)).resolve(one(RandomHost.NAMES));
      case 8 -> one(known).resolve("x").resolve(one(RandomHost.NAMES));
      default -> RemotePath.of(one(HostSketch.PLACES)).resolve(one(RandomHost.NAMES));
    };
  }

  private String user() {
    return owners
        ? one(List.of("root", "daemon", "nobody", "0", "1", "4242", "no-such-user"))
        : one(List.of("root", "0", "no-such-user"));
  }

  private String group() {
    return owners
        ? one(List.of("root", "adm", "4", "4243", "no-such-group"))
        : one(List.of("root", "0", "no-such-group"));
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
