package dev.belay.core.builtin.kube.object;

import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.remote.RemotePath;
import java.time.Duration;

/**
 * An object of a cluster of which nobody has said yet whether it shall be there: no step.
 *
 * @param kubectl by which credentials the cluster is asked
 * @param ref which object
 */
public record ObjectName(Kubectl kubectl, ObjectRef ref) {

  /** Names an object of the cluster whose administrator is known to the host, as kubeadm does. */
  public ObjectName(ObjectRef ref) {
    this(Kubectl.ADMIN, ref);
  }

  /** Returns the same object, asked for with another kubeconfig of the host. */
  public ObjectName kubeconfig(String path) {
    return new ObjectName(new Kubectl(RemotePath.of(path)), ref);
  }

  /**
   * Returns the step that deletes it, and waits up to two minutes until it is gone.
   *
   * @throws IllegalArgumentException for kinds whose deletion takes other things with it, such as
   *     namespaces: that could not be undone
   */
  public ObjectAbsent absent() {
    return new ObjectAbsent(kubectl, ref, Duration.ofMinutes(2));
  }

  /** Returns the step that keeps it with this typed content. */
  public ObjectPresent present(TypedContent content) {
    return new ObjectPresent(kubectl, ref, content.of(ref));
  }

  /**
   * Returns the step that keeps it with the content of a manifest, one YAML document; what it does
   * not say is left alone. Kind and name may be left out.
   *
   * @throws IllegalArgumentException when it is no manifest, or one of another object
   */
  public ObjectPresent present(String yaml) {
    return new ObjectPresent(kubectl, ref, ManifestText.read(yaml));
  }

  /** Returns the step that keeps it with content given as JSON. */
  public ObjectPresent present(ObjectContent content) {
    return new ObjectPresent(kubectl, ref, content);
  }
}
