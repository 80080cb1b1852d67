package dev.belay.testkit.property;

import dev.belay.core.remote.RemotePath;
import dev.belay.testkit.property.HostSketch.Dir;
import dev.belay.testkit.property.HostSketch.HardLink;
import dev.belay.testkit.property.HostSketch.Link;
import dev.belay.testkit.property.HostSketch.Pipe;
import dev.belay.testkit.property.HostSketch.Plain;
import dev.belay.testkit.property.HostSketch.ReadOnly;
import dev.belay.testkit.property.HostSketch.Thing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws hosts: few names and few places, so that things meet. */
final class RandomHost {

  static final List<String> NAMES =
      List.of("a", "b", "c", "it's $(id) `x` \"q\"", "-rf", "new\nline\n", "ünï", "*", ".h", " ");

  static final List<String> CONTENTS =
      List.of(
          "",
          "one\n",
          "two\n\n no end",
          "a: 1 # keep\nb:\n  c: yes\n",
          "a:\n  - x\nb: {c: 1}\r\n",
          "a: &x 1\nb: *x\n",
          "\\n%s\u0001\u007f$IFS");

  static final List<String> MODES =
      List.of("0644", "0600", "0755", "4755", "2755", "1777", "0000", "0444", "0700");

  private final Random random;
  private final List<String> users;
  private final List<Thing> things = new ArrayList<>();
  private final List<RemotePath> directories = new ArrayList<>();
  private final Set<RemotePath> taken = new HashSet<>();

  private RandomHost(Random random, boolean owners) {
    this.random = random;
    this.users = owners ? List.of("root", "root", "daemon", "nobody", "4242") : List.of("root");
    HostSketch.PLACES.forEach(place -> directories.add(RemotePath.of(place)));
  }

  /**
   * Draws a host.
   *
   * @param owners whether things may belong to others than root
   * @param mounts whether there may be read-only mounts
   */
  static HostSketch draw(Random random, boolean owners, boolean mounts) {
    RandomHost host = new RandomHost(random, owners);
    int count = 2 + random.nextInt(10);
    for (int i = 0; i < count; i++) {
      host.add();
    }
    if (mounts && random.nextInt(6) == 0) {
      host.things.add(new ReadOnly(host.directory(3)));
    }
    return new HostSketch(host.things);
  }

  private void add() {
    RemotePath path = directory(0).resolve(one(NAMES));
    if (!taken.add(path)) {
      return;
    }
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> {
        things.add(new Dir(path, one(MODES), one(users), group()));
        directories.add(path);
      }
      case 3, 4, 5 -> things.add(new Plain(path, one(MODES), one(users), group(), one(CONTENTS)));
      case 6, 7 -> things.add(new Link(path, target()));
      case 8 -> things.add(hardLink(path));
      default -> things.add(new Pipe(path));
    }
  }

  private Thing hardLink(RemotePath path) {
    List<Thing> files = things.stream().filter(Plain.class::isInstance).toList();
    return files.isEmpty() ? new Link(path, target()) : new HardLink(path, one(files).path());
  }

  private String target() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> directory(0).value();
      case 2 -> one(NAMES);
      case 3 -> directory(0).resolve(one(NAMES)).value();
      case 4 -> directory(0).resolve("gone").resolve(one(NAMES)).value();
      default -> "../" + one(List.of("p", "p/a", "../etc/p", "../opt/p/b"));
    };
  }

  /** Returns a directory, at least the so-many-th, as far as there are so many. */
  private RemotePath directory(int from) {
    return directories.size() <= from
        ? directories.get(directories.size() - 1)
        : directories.get(from + random.nextInt(directories.size() - from));
  }

  private String group() {
    return users.size() == 1 ? "root" : one(List.of("root", "adm", "daemon", "4243"));
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  static List<RemotePath> paths(HostSketch sketch) {
    return sketch.things().stream().map(Thing::path).collect(Collectors.toList());
  }
}
