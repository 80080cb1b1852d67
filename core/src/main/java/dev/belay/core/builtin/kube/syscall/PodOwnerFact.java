package dev.belay.core.builtin.kube.syscall;

import dev.belay.core.builtin.falco.PodRef;
import dev.belay.core.fact.Answer;
import dev.belay.core.fact.BeyondHost;
import dev.belay.core.remote.Sh;

/**
 * Who owns a pod, from the owner's owner where that is a ReplicaSet or a Job; asked of the API
 * server with admin.conf, which only control planes have.
 *
 * @param pod the pod
 */
public record PodOwnerFact(PodRef pod) implements BeyondHost<PodOwner> {

  @Override
  public String question() {
    return "B_A=/etc/kubernetes/admin.conf\n"
        + "b_owner() { timeout 20 kubectl --kubeconfig $B_A --request-timeout=10s -n "
        + Sh.quote(pod.namespace())
        + " get \"$1\" \"$2\" -o"
        + " jsonpath='{range .metadata.ownerReferences[?(@.controller==true)]}{.kind}"
        + " {.name}{end}' 2>/dev/null; }\n"
        + "[ -r $B_A ] && command -v kubectl >/dev/null 2>&1 && B_O=$(b_owner pod "
        + Sh.quote(pod.name())
        + ") || exit 1\n"
        + "case $B_O in 'ReplicaSet '*|'Job '*)"
        + " B_U=$(b_owner \"${B_O%% *}\" \"${B_O#* }\") || B_U=; B_O=${B_U:-$B_O} ;; esac\n"
        + "printf '%s' \"$B_O\"";
  }

  @Override
  public PodOwner parse(Answer answer) {
    if (answer.exit() != 0) {
      return new PodOwner.Unknown();
    }
    String[] words = answer.text().strip().split(" ");
    if (words.length == 2) {
      return new PodOwner.Controller(words[0], words[1]);
    }
    return answer.text().isBlank() ? new PodOwner.Nobody() : new PodOwner.Unknown();
  }

  @Override
  public String toString() {
    return "owner of pod " + pod;
  }
}
