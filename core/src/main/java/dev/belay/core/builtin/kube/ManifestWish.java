package dev.belay.core.builtin.kube;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a static pod manifest shall hold; it says nothing about the rest of the manifest.
 *
 * @param container the container's name, which is also its program's, such as kube-apiserver
 * @param flags flags with their values, in the order in which missing ones are added
 * @param volumes host paths to show to the container, in the order in which they are added
 * @param annotations annotations of the pod
 * @param flagsAbsent names of flags that shall not be given
 */
public record ManifestWish(
    String container,
    List<Flag> flags,
    List<HostPathVolume> volumes,
    Map<String, String> annotations,
    Set<String> flagsAbsent) {

  /** Copies the collections and refuses a wish that contradicts itself. */
  public ManifestWish {
    if (container.isBlank()) {
      throw new IllegalArgumentException("name the container, such as kube-apiserver");
    }
    flags = List.copyOf(flags);
    volumes = List.copyOf(volumes);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    flagsAbsent = Collections.unmodifiableSet(new LinkedHashSet<>(flagsAbsent));
    refuseTwice("flag --", flags.stream().map(Flag::name).toList(), flagsAbsent);
    refuseTwice("volume ", volumes.stream().map(HostPathVolume::name).toList(), Set.of());
    refuseTwice("mountPath ", volumes.stream().map(v -> v.mountPath().value()).toList(), Set.of());
    flagsAbsent.forEach(Flag::checkName);
  }

  /** Returns a wish for nothing yet. */
  public static ManifestWish of(String container) {
    return new ManifestWish(container, List.of(), List.of(), Map.of(), Set.of());
  }

  /** Returns this wish with one more flag, named without its dashes. */
  public ManifestWish flag(String name, String value) {
    List<Flag> more = new ArrayList<>(flags);
    more.add(new Flag(name, value));
    return new ManifestWish(container, more, volumes, annotations, flagsAbsent);
  }

  /** Returns this wish with a flag, named without its dashes, that shall not be given. */
  public ManifestWish noFlag(String name) {
    Set<String> more = new LinkedHashSet<>(flagsAbsent);
    more.add(name);
    return new ManifestWish(container, flags, volumes, annotations, more);
  }

  /** Returns this wish with one more host path. */
  public ManifestWish volume(HostPathVolume volume) {
    List<HostPathVolume> more = new ArrayList<>(volumes);
    more.add(volume);
    return new ManifestWish(container, flags, more, annotations, flagsAbsent);
  }

  /** Returns this wish with one more annotation. */
  public ManifestWish annotation(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(annotations);
    more.put(key, value);
    return new ManifestWish(container, flags, volumes, more, flagsAbsent);
  }

  private static void refuseTwice(String what, List<String> names, Set<String> taken) {
    Set<String> seen = new HashSet<>(taken);
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("the wish names " + what + name + " twice");
      }
    }
  }

  /**
   * A command line flag.
   *
   * @param name its name without dashes, such as audit-log-path
   * @param value its value as one text; {@code true} or {@code false} for a switch
   */
  public record Flag(String name, String value) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Refuses names with dashes in front and values that Kubernetes would expand. */
    public Flag {
      checkName(name);
      Objects.requireNonNull(value, "value");
      if (value.contains("$(") || value.contains("$$")) {
        throw new IllegalArgumentException(
            "--" + name + ": Kubernetes expands $(NAME) and $$ in arguments, got " + value);
      }
    }

    /** Returns the flag as one argument. */
    public String argument() {
      return "--" + name + "=" + value;
    }

    static void checkName(String name) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "a flag name is words of a-z and 0-9 joined by -, without dashes in front, got \""
                + name
                + "\"");
      }
    }
  }
}
