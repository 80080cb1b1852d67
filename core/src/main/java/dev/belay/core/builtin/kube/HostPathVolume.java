package dev.belay.core.builtin.kube;

import dev.belay.core.remote.RemotePath;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A path of the host that a container of a static pod sees: one volume and one mount of it.
 *
 * @param name the volume's name, a DNS label of at most 63 characters
 * @param hostPath the path on the host
 * @param type what kubelet checks or makes there
 * @param mountPath the path in the container, without a colon
 * @param readOnly whether the container may only read it
 */
public record HostPathVolume(
    String name, RemotePath hostPath, HostPathType type, RemotePath mountPath, boolean readOnly) {
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Checks what API validation would (Kubernetes, validateVolumes and ValidateVolumeMounts). */
  public HostPathVolume {
    Objects.requireNonNull(hostPath, "hostPath");
    Objects.requireNonNull(type, "type");
    if (!DNS_LABEL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a volume name is 1 to 63 of a-z, 0-9 and -, got \"" + name + "\"");
    }
    if (mountPath.value().indexOf(':') >= 0) {
      throw new IllegalArgumentException("a mountPath cannot hold a colon: " + mountPath);
    }
  }

  /** Returns a volume that shows one existing file, read only, under the path it has outside. */
  public static HostPathVolume readOnlyFile(String name, RemotePath path) {
    return new HostPathVolume(name, path, HostPathType.FILE, path, true);
  }

  /** Returns a volume that shows one directory, writable, under the path it has outside. */
  public static HostPathVolume directory(String name, RemotePath path) {
    return new HostPathVolume(name, path, HostPathType.DIRECTORY_OR_CREATE, path, false);
  }
}
