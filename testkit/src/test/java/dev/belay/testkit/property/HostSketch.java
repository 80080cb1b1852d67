package dev.belay.testkit.property;

import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.util.List;

/**
 * A small tree of hostile things, as data.
 *
 * @param things in the order in which they are made
 */
record HostSketch(List<Thing> things) {

  /** Where all things lie; the places are emptied before each case. */
  static final List<String> PLACES = List.of("/opt/p", "/etc/p", "/srv/p");

  HostSketch {
    things = List.copyOf(things);
  }

  /** Something that lies on the host. */
  sealed interface Thing {
    RemotePath path();
  }

  record Dir(RemotePath path, String mode, String owner, String group) implements Thing {}

  record Plain(RemotePath path, String mode, String owner, String group, String content)
      implements Thing {}

  record Link(RemotePath path, String target) implements Thing {}

  record HardLink(RemotePath path, RemotePath other) implements Thing {}

  record Pipe(RemotePath path) implements Thing {}

  /** A directory that a read-only bind mount covers. */
  record ReadOnly(RemotePath path) implements Thing {}

  /** Returns shell text that empties the places and makes all things. */
  String script() {
    StringBuilder text = new StringBuilder(CLEAN);
    things.forEach(thing -> text.append(make(thing)).append(" || exit 9\n"));
    text.append(
        "/usr/bin/find /opt/p /etc/p /srv/p -exec /usr/bin/touch -h -d '2020-02-02 02:02:02.25' {} +\n");
    things.stream()
        .filter(ReadOnly.class::isInstance)
        .map(thing -> Sh.quote(thing.path()))
        .forEach(
            q ->
                text.append("mount --bind " + q + " " + q)
                    .append(" && mount -o remount,bind,ro " + q + " || exit 9\n"));
    return text.toString();
  }

  private static final String CLEAN =
      """
      umask 022
      while read -r a b c d at rest; do
        case $at in /opt/p|/opt/p/*|/etc/p|/etc/p/*|/srv/p|/srv/p/*) at=$(printf "%b" "$at"; echo x); umount "${at%x}" || exit 8 ;; esac
      done </proc/self/mountinfo
      rm -rf /opt/p /etc/p /srv/p /var/lib/belay && mkdir /opt/p /etc/p /srv/p || exit 8
      """;

  private static String make(Thing thing) {
    String at = Sh.quote(thing.path());
    if (thing instanceof Dir dir) {
      return "mkdir -- " + at + " && " + own(dir.mode(), dir.owner(), dir.group(), at);
    }
    if (thing instanceof Plain file) {
      return "printf %s "
          + Sh.quote(file.content())
          + " >"
          + at
          + " && "
          + own(file.mode(), file.owner(), file.group(), at);
    }
    if (thing instanceof Link link) {
      return "ln -s -- " + Sh.quote(link.target()) + " " + at;
    }
    if (thing instanceof HardLink hard) {
      return "ln -- " + Sh.quote(hard.other()) + " " + at;
    }
    return thing instanceof Pipe ? "mkfifo -- " + at : ":";
  }

  private static String own(String mode, String owner, String group, String at) {
    return "chown " + owner + ":" + group + " " + at + " && chmod 0" + mode + " " + at;
  }
}
