package dev.belay.core.fact.object;

import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;

/**
 * By which credentials kubectl on a control-plane host asks its cluster. Requests name their path
 * in the API themselves ({@code --raw}), so that kubectl discovers nothing and writes no cache.
 *
 * @param kubeconfig the file on the host
 */
public record Kubectl(RemotePath kubeconfig) {

  /** The administrator of a kubeadm cluster. */
  public static final Kubectl ADMIN = new Kubectl(RemotePath.of("/etc/kubernetes/admin.conf"));

  /** Returns the call of a function of {@code object.sh} with these credentials and words. */
  public String call(String function, String... words) {
    StringBuilder text = new StringBuilder(function).append(' ').append(Sh.quote(kubeconfig));
    for (String word : words) {
      text.append(' ').append(Sh.quote(word));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return kubeconfig.value();
  }
}
