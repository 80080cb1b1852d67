package dev.belay.core.transport.ssh;

import dev.belay.core.remote.Sh;
import dev.belay.core.transport.UnreachableException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Says why a host key was refused, and how a person finds out whether it is the right one. */
final class HostKeyRefusals {

  private HostKeyRefusals() {}

  static UnreachableException unknown(SshTarget target, String key, String type, List<Path> files) {
    return new UnreachableException(
        target.place()
            + ": the host key is not known: the host shows the "
            + key
            + "; looked in "
            + (files.isEmpty() ? "no file" : join(files)),
        "Compare that fingerprint with what the host itself shows on its console ("
            + "ssh-keygen -lf /etc/ssh/"
            + keyFile(type)
            + "). If they are the same: "
            + scan(target, type, files),
        null);
  }

  static UnreachableException changed(
      SshTarget target, String key, String type, List<KnownHostLine> known, String lookup) {
    KnownHostLine first =
        known.stream().filter(line -> line.type().equals(type)).findFirst().orElse(known.get(0));
    return new UnreachableException(
        target.place()
            + ": the host key has changed: the host shows the "
            + key
            + ", but "
            + first.place()
            + " has the "
            + first.type()
            + " key "
            + first.fingerprint()
            + "; the host was installed anew, or another machine answers in its place",
        "Do not go on before you know which. Compare the fingerprint on the host's console ("
            + "ssh-keygen -lf /etc/ssh/"
            + keyFile(type)
            + "). If the new key is right: ssh-keygen -R "
            + Sh.quote(lookup)
            + " -f "
            + Sh.quote(first.file().toString())
            + "; "
            + scan(target, type, List.of(first.file())),
        null);
  }

  static UnreachableException revoked(SshTarget target, String key, KnownHostLine line) {
    return new UnreachableException(
        target.place() + ": the host shows the " + key + ", which " + line.place() + " revokes",
        "Someone marked this key as stolen or out of use. Do not connect; give the host a new key.",
        null);
  }

  private static String scan(SshTarget target, String type, List<Path> files) {
    if (files.isEmpty()) {
      return "name a file for it, since UserKnownHostsFile is none";
    }
    if (!target.way().equals(SshWay.STRAIGHT) || target.hostKeys().alias().isPresent()) {
      return "log in once with ssh, which asks and notes it";
    }
    return "ssh-keyscan -t "
        + type
        + " -p "
        + target.port()
        + " "
        + target.address()
        + " >> "
        + Sh.quote(files.get(0).toString());
  }

  /** Returns Debian's and Red Hat's name for the public half of sshd's key of a type. */
  private static String keyFile(String type) {
    String kind = type.startsWith("ecdsa") ? "ecdsa" : type.replace("ssh-", "");
    return "ssh_host_" + kind + "_key.pub";
  }

  private static String join(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
