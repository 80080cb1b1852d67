package dev.belay.core.builtin.kube;

import java.util.Arrays;
import java.util.Optional;

/**
 * What kubelet checks or makes at a hostPath before it starts a pod (Kubernetes API,
 * HostPathVolumeSource.type).
 */
public enum HostPathType {
  /** No check; where the path is missing, the container runtime makes a directory. */
  UNSET(""),
  /** A directory; made with mode 0755 where it is missing. */
  DIRECTORY_OR_CREATE("DirectoryOrCreate"),
  /** A directory that must exist. */
  DIRECTORY("Directory"),
  /** A file; made empty with mode 0644 where it is missing, its directory not. */
  FILE_OR_CREATE("FileOrCreate"),
  /** A file that must exist, or the pod never starts. */
  FILE("File"),
  /** A UNIX socket that must exist. */
  SOCKET("Socket"),
  /** A character device that must exist. */
  CHAR_DEVICE("CharDevice"),
  /** A block device that must exist. */
  BLOCK_DEVICE("BlockDevice");

  private final String word;

  HostPathType(String word) {
    this.word = word;
  }

  /** Returns the word manifests use; empty for {@link #UNSET}. */
  public String word() {
    return word;
  }

  /** Returns the type written as {@code word} in a manifest, if Kubernetes knows it. */
  public static Optional<HostPathType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }
}
